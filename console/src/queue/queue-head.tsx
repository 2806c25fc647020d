import { useState } from 'preact/hooks';
import { type Policy, type QueueView, setPolicy, useUser } from '../api/user-api';
import { Action } from '../ui/action';
import { ask } from '../ui/dialog';
import { attempt, say } from '../ui/notice';
import { view } from '../ui/route';
import { QueueBadge } from '../ui/status';
import { Heading } from '../ui/heading';
import { duration, Until } from '../ui/time';

const POLICIES: Record<Policy, string> = {
  continue: 'continue with the next',
  halt: 'halt until I decide',
  'cancel-rest': 'cancel the rest',
};

/** Whether its user or an operator has paused it; it may be halted as well. */
export const isPaused = ({ stoppedBy }: QueueView): boolean => stoppedBy.some(({ by }) => by !== 'halt');

/** What a purge cancels. */
const pendingOf = ({ depth, running, scheduled }: QueueView) => depth - (running ? 1 : 0) + scheduled;

/** The name of a queue, and once it is read, its state in figures and the actions on the whole queue. */
export function QueueHead(props: { title: string; queue: QueueView | undefined; reload: () => unknown }) {
  const { queue, reload } = props;
  const user = useUser();
  /** Until the queue is read again with it. */
  const [chosen, setChosen] = useState<Policy>();

  const purge = async () => {
    const from = view.peek();
    // Read again: the page may show an older number.
    const waiting = pendingOf(await user.queue());
    if (waiting === 0) return say('Nothing is waiting.');
    const isMeant = await ask(
      {
        title: `Cancel ${waiting.toLocaleString()} waiting?`,
        text: 'Everything waiting, scheduled or to be retried is cancelled. The running request finishes.',
        action: 'Cancel them',
      },
      from,
    );
    if (isMeant) say(`${(await user.purge()).cancelled.toLocaleString()} cancelled.`);
  };

  return (
    <>
      <header class="page-head">
        <Heading>{props.title}</Heading>
        {queue && <QueueBadge state={queue.state} />}
        {queue && user.mayManage && (
          <div class="row end">
            {isPaused(queue) ? (
              <Action kind="primary" run={() => user.resume()} reload={reload}>
                Resume
              </Action>
            ) : (
              <Action run={() => user.pause()} reload={reload}>
                Pause
              </Action>
            )}
            <Action run={purge} reload={reload} disabled={pendingOf(queue) === 0}>
              Cancel all waiting …
            </Action>
          </div>
        )}
      </header>
      {queue && (
        <dl class="figures">
          <Figure name="Waiting" value={(queue.depth - (queue.running ? 1 : 0)).toLocaleString()} />
          <Figure name="Scheduled" value={queue.scheduled.toLocaleString()} />
          <Figure
            name="Next has waited"
            value={queue.oldestWaitMs === 0 ? '–' : duration(queue.oldestWaitMs)}
          />
          <Figure
            name="Served per minute"
            value={queue.drainPerMinute === null ? '–' : String(Math.round(queue.drainPerMinute * 10) / 10)}
          />
          {queue.nextDueAt && <Figure name="Next may start" value={<Until at={queue.nextDueAt} />} />}
          <div>
            <dt>
              <label for="policy">After a failure</label>
            </dt>
            <dd>
              {user.mayManage && user.isOwn ? (
                <select
                  id="policy"
                  value={chosen ?? queue.onFailure}
                  onChange={(event) => {
                    const policy = event.currentTarget.value as Policy;
                    setChosen(policy);
                    void attempt(() => setPolicy(policy), `After a failure: ${POLICIES[policy]}.`)
                      .then(reload)
                      .then(() => setChosen((latest) => (latest === policy ? undefined : latest)));
                  }}
                >
                  {Object.entries(POLICIES).map(([policy, words]) => (
                    <option key={policy} value={policy}>
                      {words}
                    </option>
                  ))}
                </select>
              ) : (
                POLICIES[queue.onFailure]
              )}
            </dd>
          </div>
        </dl>
      )}
    </>
  );
}

function Figure({ name, value }: { name: string; value: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class="number">{value}</dd>
    </div>
  );
}
