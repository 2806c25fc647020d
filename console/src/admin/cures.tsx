import { useState } from 'preact/hooks';
import type { Schemas } from '../api/client';
import { ApiError, readProblem } from '../api/errors';
import { authorizedFetch } from '../api/session';
import { Action } from '../ui/action';

type Cure = Schemas['CureDto'];

/** The cures of a queue that the server names. Nothing happens before one is chosen and confirmed. */
export function Cures({ cures, reload }: { cures: readonly Cure[]; reload: () => void }) {
  const [isOpen, setOpen] = useState(false);
  if (cures.length === 0) return null;
  if (!isOpen)
    return (
      <div class="row">
        <button type="button" onClick={() => setOpen(true)}>
          What helps …
        </button>
      </div>
    );
  return (
    <ul class="cures">
      {cures.map((cure) => (
        <li key={cure.text}>
          <span>{cure.text}</span>
          {cure.method && cure.path && (
            <Action
              label={`Do it: ${cure.text}`}
              kind="primary"
              run={() => apply(cure).finally(reload)}
              done="Done."
            >
              Do it
            </Action>
          )}
        </li>
      ))}
    </ul>
  );
}

async function apply({ method, path, body }: Cure): Promise<void> {
  const answer = await authorizedFetch(
    new Request(`.${path}`, {
      method: method ?? 'POST',
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    }),
  );
  if (!answer.ok) throw new ApiError(answer.status, await readProblem(answer));
  await answer.body?.cancel();
}
