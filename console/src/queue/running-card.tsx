import { type QueueView, useUser } from '../api/user-api';
import { decideAfterAsking } from '../request/decide';
import { Progress } from '../request/progress';
import { useRequest } from '../request/use-request';
import { shortId } from '../requests/request-row';
import { Action } from '../ui/action';
import { SafeText } from '../ui/safe-text';
import { Elapsed } from '../ui/time';
import { UNKNOWN } from '../ui/unknown';

/**
 * The running request, if there is one. The card keeps its place, so that the page does not jump.
 * @param queue undefined while it cannot be read: then nobody knows what runs
 */
export function RunningCard({ queue, reload }: { queue: QueueView | undefined; reload: () => void }) {
  const running = queue?.running;
  return (
    <section class="card running" aria-labelledby="running">
      <header>
        <h2 id="running">Running now</h2>
        {running?.startedAt && <Elapsed since={running.startedAt} />}
      </header>
      {running ? (
        <Turn key={running.id} id={running.id} reload={reload} />
      ) : (
        <p class="running-name nothing">{queue ? 'Nothing' : UNKNOWN}</p>
      )}
    </section>
  );
}

function Turn({ id, reload }: { id: string; reload: () => void }) {
  const user = useUser();
  const { data } = useRequest(id);
  const attempt = data?.request.running?.attempt;
  return (
    <>
      <div class="row">
        <a class="running-name" href={`${user.base}requests/${id}`}>
          {data ? <SafeText text={data.request.type} /> : '…'} <code>{shortId(id)}</code>
        </a>
        {data?.request.tags.map((tag) => (
          <span key={tag} class="tag">
            <SafeText text={tag} />
          </span>
        ))}
        {attempt !== undefined && attempt > 1 && (
          <span class="muted">
            attempt {attempt} of {data?.request.maxAttempts}
          </span>
        )}
        {user.mayManage && (
          <div class="row end">
            <Action
              label="Cancel the running request"
              run={() => decideAfterAsking(user, 'cancel', { id, type: data?.request.type })}
              reload={reload}
            >
              Cancel …
            </Action>
          </div>
        )}
      </div>
      <Progress progress={data?.request.running?.progress} />
    </>
  );
}
