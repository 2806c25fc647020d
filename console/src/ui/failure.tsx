import { messageOf } from '../api/errors';

/** Why something cannot be shown, shown in its place. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  if (error === undefined) return null;
  return (
    <div class="banner bad" role="alert">
      <span>{messageOf(error)}</span>
      {retry && (
        <button type="button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}
