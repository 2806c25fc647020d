import type { Schemas } from '../api/client';
import { JsonText } from '../ui/json-text';
import { SafeText } from '../ui/safe-text';

/** What to do about an error, if that is known. */
const ADVICE: Record<string, string> = {
  timed_out: 'Give it a longer timeoutMs, or make the target faster.',
  worker_lost: 'Look at the worker’s log before you retry.',
  unknown_type: 'No process serves this type. Start a worker that does, then retry.',
  target_refused: 'The address of the target is not allowed here (HTTP_ALLOW_TARGETS).',
};

/** Why something failed: first in words, then the code for programs. */
export function ErrorWords({ error }: { error: Schemas['RequestErrorDto'] }) {
  const advice = ADVICE[error.code];
  return (
    <div class="error-words">
      <p>
        <SafeText text={error.message} /> <code>{error.code}</code>
      </p>
      {advice && <p class="muted">{advice}</p>}
      {error.details !== undefined && error.details !== null && (
        <details>
          <summary>Details</summary>
          <JsonText json={JSON.stringify(error.details)} label="Details of the error" />
        </details>
      )}
    </div>
  );
}
