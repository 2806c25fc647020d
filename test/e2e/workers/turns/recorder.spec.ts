import { Clock } from '../../../../src/common/time/clock';
import { EventBus } from '../../../../src/events/event-bus';
import { Journal } from '../../../../src/journal/journal.service';
import { PurgeWrites } from '../../../../src/journal/purge-writes';
import { QueueRecords } from '../../../../src/journal/queue-records.service';
import { EpochView } from '../../../../src/queue/epochs/epoch-view.service';
import { QueueControls } from '../../../../src/queue/queue-controls.service';
import type { LeasedJob } from '../../../../src/queue/scripts/leased-job';
import { UserEvents } from '../../../../src/queue/user-events.service';
import { PurgeService } from '../../../../src/user-queue/control/purge.service';
import { Recorder } from '../../../../src/workers/turns/recorder.service';
import { Turn } from '../../../../src/workers/in-process/turn';
import { QueueDriver } from '../../../support/queue-driver';
import { QueueFixture, QueueProcess } from '../../../support/queue-fixture';
import { attemptRecord, requestDocument } from '../../journal/record-fixture';

let fixture: QueueFixture;
let one: QueueProcess;
let user: QueueDriver;

beforeAll(async () => {
  fixture = await QueueFixture.start();
  one = await fixture.process();
});
afterAll(() => fixture.stop());
beforeEach(() => (user = QueueDriver.ofNewUser(one)));

/** A request in both stores, whose first attempt was given to a worker. */
async function running(requestId: string): Promise<LeasedJob> {
  const seq = await user.accept(requestId);
  const shard = one.queues.shardOf(user.userId);
  await one.get(Journal).insert(requestDocument({ _id: requestId, userId: user.userId, shard, seq }));
  return (await user.claim('w1', { leaseMs: 1 }))!;
}

/** What the next worker finds when it claims the user. */
async function lookUpAfterLoss() {
  const job = await user.claim('w2');
  expect(job).toMatchObject({ lookUp: 'taken_back', attemptsMade: 0, previous: { worker: 'w1' } });
  const [queues, controls] = [one.queues, one.get(QueueControls)];
  const events = one.get(EventBus);
  const purges = new PurgeService(queues, controls, one.get(PurgeWrites), events);
  const recorder = new Recorder(one.get(Journal), one.get(QueueRecords), purges, events, one.get(UserEvents));
  const clock = new Clock();
  const permit = one.get(EpochView).permit(job!.shard);
  const turn = new Turn(job!, permit, clock.monotonic(), 60_000, clock, 0);
  try {
    return await recorder.lookUp(turn);
  } finally {
    turn.end();
  }
}

it('a request waits for its backoff also if Redis missed its failure (P2)', async () => {
  const { requestId, token, leasedAt } = await running('r1');
  const times = { startedAt: new Date(leasedAt), finishedAt: new Date(leasedAt + 5) };
  const record = { ...attemptRecord({ outcome: 'failed' }), ...times };
  const then = { kind: 'retry', notBefore: 4_711_000_000_000 } as const;
  await one.get(Journal).recordOutcome({ requestId, token, attempt: 1, record, then });
  expect(await lookUpAfterLoss()).toMatchObject({
    ...{ op: 'retry', attemptsMade: 1 },
    ...{ notBefore: then.notBefore, since: leasedAt + 5 },
  });
});

it('a request without a recorded outcome runs again, and the crash is counted', async () => {
  await running('r2');
  expect(await lookUpAfterLoss()).toEqual({ attemptsMade: 0, crashes: 1 });
});
