import { type QueueView, useUser } from '../api/user-api';
import { Progress } from '../request/progress';
import { useRequest } from '../request/use-request';
import { shortId } from '../requests/request-row';
import { Action } from '../ui/action';
import { SafeText } from '../ui/safe-text';
import { Elapsed } from '../ui/time';

type Running = NonNullable<QueueView['running']>;

/** The running request, if there is one. The card keeps its place, so that the page does not jump. */
export function RunningCard({ running, reload }: { running: Running | undefined; reload: () => void }) {
  return (
    <section class="card running" aria-labelledby="running">
      <header>
        <h2 id="running">Running now</h2>
        {running?.startedAt && <Elapsed since={running.startedAt} />}
      </header>
      {running ? (
        <Turn key={running.id} id={running.id} reload={reload} />
      ) : (
        <p class="running-name nothing">Nothing</p>
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
              run={() => user.decide('cancel', id).finally(reload)}
              done="Cancelled. The next one starts as soon as its handler has stopped."
            >
              Cancel
            </Action>
          </div>
        )}
      </div>
      <Progress progress={data?.request.running?.progress} />
    </>
  );
}
