import type { Schemas } from '../api/client';
import { SafeText } from '../ui/safe-text';

/** The progress of a handler, if it reports any. */
export function Progress({ progress }: { progress: Schemas['ProgressDto'] | undefined }) {
  if (progress === undefined) return null;
  const percent = Math.round(progress.done * 100);
  return (
    <div class="progress">
      <progress value={progress.done} max={1} aria-label="Progress">
        {percent} %
      </progress>
      <span class="number">{percent} %</span>
      {progress.text !== undefined && (
        <span class="muted">
          <SafeText text={progress.text} />
        </span>
      )}
    </div>
  );
}
