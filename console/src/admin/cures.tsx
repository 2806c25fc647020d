import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Schemas } from '../api/client';
import { ApiError, readProblem } from '../api/errors';
import { whileSignedIn } from '../api/of-account';
import { authorizedFetch } from '../api/session';
import { Action } from '../ui/action';
import { ask } from '../ui/dialog';
import { say } from '../ui/notice';

type Cure = Schemas['CureDto'];

/**
 * The cures of a queue that the server names. Nothing happens before one is chosen and confirmed.
 * @param subject the request and user that they are about
 */
export function Cures({
  cures,
  subject,
  reload,
}: {
  cures: readonly Cure[];
  subject: ComponentChildren;
  reload: () => void;
}) {
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
              run={() => applyAfterAsking(cure, subject)}
              reload={reload}
            >
              Do it
            </Action>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The subject is that of the click, whatever the list shows when the answer comes. */
async function applyAfterAsking(cure: Cure, subject: ComponentChildren): Promise<void> {
  if (!(await ask({ title: cure.text, text: <>This is about {subject}.</>, action: 'Do it now' }))) return;
  await apply(cure);
  say('Done.');
}

async function apply({ method, path, body }: Cure): Promise<void> {
  const call = new Request(`.${path}`, {
    method: method ?? 'POST',
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const answer = await whileSignedIn(authorizedFetch(call));
  if (!answer.ok) throw new ApiError(answer.status, await readProblem(answer));
  await answer.body?.cancel();
}
