import { type ListQuery, type QueueView, useUser } from '../api/user-api';
import { useLive } from '../api/live';
import { RequestList } from '../requests/request-list';
import { TurnStrip } from '../strip/turn-strip';
import { Failure } from '../ui/failure';
import { useTitle } from '../ui/title';
import { UNKNOWN } from '../ui/unknown';
import { HaltedBanner } from './halted-banner';
import { isPaused, QueueHead } from './queue-head';
import { RunningCard } from './running-card';
import { SideList } from './side-list';

const IN_LINE: ListQuery = { status: ['queued', 'retrying'], order: 'oldest' };

/** A user's queue: what runs, what waits in order, and what blocks it. */
export function QueuePage({ title }: { title: string }) {
  const user = useUser();
  useTitle(title);
  const { data: queue, error, reload } = useLive(() => user.queue(), `queue ${user.base}`);
  const waiting = queue && queue.depth - (queue.running ? 1 : 0);
  return (
    <main class="page queue-page">
      <QueueHead title={title} queue={queue} reload={reload} />
      <Failure error={error} retry={reload} />
      {queue && <Obstacles queue={queue} reload={reload} />}
      <div class="columns">
        <RunningCard queue={queue} reload={reload} />
        <aside>
          <TurnStrip />
          <SideList title="Scheduled" status="scheduled" order="oldest" />
          <SideList title="Failed" status="failed" order="newest" />
        </aside>
        <section class="card flush" aria-labelledby="line">
          <header>
            <h2 id="line">Waiting</h2>
            <span class="muted number">{waiting?.toLocaleString() ?? UNKNOWN}</span>
          </header>
          <RequestList
            label="Waiting"
            query={IN_LINE}
            empty={`Nothing is waiting.${queue?.state === 'idle' ? ' What you send runs at once.' : ''}`}
            isLine={queue !== undefined}
            total={waiting}
          />
        </section>
      </div>
    </main>
  );
}

/** Everything that stops the queue: a halt does not hide a pause. */
function Obstacles({ queue, reload }: { queue: QueueView; reload: () => void }) {
  const { haltedBy, stoppedBy, depth } = queue;
  return (
    <>
      {haltedBy !== undefined && (
        <HaltedBanner key={haltedBy} id={haltedBy} waiting={depth} reload={reload} />
      )}
      {isPaused(queue) && (
        <div class="banner warn" role="status">
          <span>
            <strong>Paused.</strong> Nothing starts until it is resumed; what is running finishes.
            {stoppedBy.some(({ by }) => by === 'admin-pause') &&
              ' An operator has paused it, and only an operator can resume it.'}
          </span>
        </div>
      )}
    </>
  );
}
