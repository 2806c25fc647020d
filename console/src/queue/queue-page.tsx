import { type ListQuery, type QueueView, useUser } from '../api/user-api';
import { useLive } from '../api/live';
import { RequestList } from '../requests/request-list';
import { TurnStrip } from '../strip/turn-strip';
import { Failure } from '../ui/failure';
import { HaltedBanner } from './halted-banner';
import { QueueHead } from './queue-head';
import { RunningCard } from './running-card';
import { SideList } from './side-list';

const IN_LINE: ListQuery = { status: ['queued', 'retrying'], order: 'oldest' };

/** A user's queue: what runs, what waits in order, and what blocks it. */
export function QueuePage({ title }: { title: string }) {
  const user = useUser();
  const { data: queue, error, reload } = useLive(() => user.queue(), `queue ${user.base}`);
  const waiting = queue && queue.depth - (queue.running ? 1 : 0);
  return (
    <main class="page queue-page">
      {queue ? (
        <QueueHead title={title} queue={queue} reload={reload} />
      ) : (
        <header class="page-head">
          <h1>{title}</h1>
        </header>
      )}
      <Failure error={error} retry={reload} />
      {queue && <Obstacle queue={queue} reload={reload} />}
      <div class="columns">
        <div>
          <RunningCard running={queue?.running} reload={reload} />
          <section class="card flush" aria-labelledby="line">
            <header>
              <h2 id="line">Waiting</h2>
              <span class="muted number">{waiting?.toLocaleString()}</span>
            </header>
            <RequestList
              label="Waiting"
              query={IN_LINE}
              empty="Nothing is waiting. What you send runs at once."
              isLine
              total={waiting}
            />
          </section>
        </div>
        <aside>
          <TurnStrip />
          <SideList title="Scheduled" status="scheduled" order="oldest" />
          <SideList title="Failed" status="failed" order="newest" />
        </aside>
      </div>
    </main>
  );
}

function Obstacle({ queue, reload }: { queue: QueueView; reload: () => void }) {
  if (queue.state === 'halted' && queue.haltedBy !== undefined)
    return <HaltedBanner key={queue.haltedBy} id={queue.haltedBy} waiting={queue.depth} reload={reload} />;
  if (queue.state === 'paused')
    return (
      <div class="banner warn" role="status">
        <span>
          <strong>Paused.</strong> Nothing starts until it is resumed; what is running finishes.
        </span>
      </div>
    );
  return null;
}
