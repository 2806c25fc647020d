import { useMemo, useState } from 'preact/hooks';
import { readable } from '../api/exact-json';
import { SafeText } from './safe-text';

/** Most characters of a JSON text that are shown at first. */
const FIRST = 20_000;

/** JSON exactly as written, every number to its last digit. Formatted for reading unless asked otherwise. */
export function JsonText({ json, label }: { json: string; label: string }) {
  const [isRaw, setRaw] = useState(false);
  const [isWhole, setWhole] = useState(false);
  const text = useMemo(() => (isRaw ? json : readable(json)), [json, isRaw]);
  const shown = isWhole ? text : text.slice(0, FIRST);
  return (
    <div class="json">
      <pre tabIndex={0} aria-label={label}>
        <SafeText text={shown} />
      </pre>
      <div class="row">
        <button type="button" class="plain" onClick={() => setRaw(!isRaw)}>
          {isRaw ? 'Laid out' : 'As sent'}
        </button>
        {shown.length < text.length && (
          <button type="button" class="plain" onClick={() => setWhole(true)}>
            Show all {text.length.toLocaleString()} characters
          </button>
        )}
      </div>
    </div>
  );
}
