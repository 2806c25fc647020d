import type { Schemas } from '../api/client';
import { counted } from '../ui/counted';
import { JsonText } from '../ui/json-text';
import { SafeText } from '../ui/safe-text';
import { duration } from '../ui/time';

/** Describes a type and its payload. */
export function TypeHelp({ type }: { type: Schemas['TypeDto'] }) {
  const { description, defaults, payloadSchema, external } = type;
  return (
    <div class="type-help muted">
      <p>
        {description && <SafeText text={description} />} At most {counted(defaults.maxAttempts, 'attempt')} of
        up to {duration(defaults.timeoutMs)}.{external && ' External workers serve it.'}
      </p>
      {payloadSchema && (
        <details>
          <summary>Schema of its payload</summary>
          <JsonText json={JSON.stringify(payloadSchema)} label="Schema" />
        </details>
      )}
    </div>
  );
}
