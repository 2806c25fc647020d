import { getModelToken } from '@nestjs/mongoose';
import type { Step } from '../../../../src/common/log/fields';
import { Clock } from '../../../../src/common/time/clock';
import { EventBus } from '../../../../src/events/event-bus';
import { Journal } from '../../../../src/journal/journal.service';
import { RequestRecord, requestsOf } from '../../../../src/journal/request.schema';
import { PurgeWrites } from '../../../../src/journal/purge-writes';
import { QueueRecords } from '../../../../src/journal/queue-records.service';
import { EpochView } from '../../../../src/queue/epochs/epoch-view.service';
import { ExpiredPlaces } from '../../../../src/queue/expired-places.service';
import { QueueControls } from '../../../../src/queue/queue-controls.service';
import type { LeasedJob } from '../../../../src/queue/scripts/leased-job';
import { UserEvents } from '../../../../src/queue/user-events.service';
import { PurgeService } from '../../../../src/user-queue/control/purge.service';
import { Recorder } from '../../../../src/workers/turns/recorder.service';
import { Turn } from '../../../../src/workers/in-process/turn';
import { collectLogLines } from '../../../support/log-lines';
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
async function running(requestId: string, crashes = 0): Promise<LeasedJob> {
  const seq = await user.accept(requestId);
  const shard = one.queues.shardOf(user.userId);
  const whose = { _id: requestId, userId: user.userId, shard, seq };
  await one.get(Journal).insert(requestDocument({ ...whose, crashes }));
  return (await user.claim('w1', { leaseMs: 0 }))!;
}

/** Runs the work with a recorder, and a turn of the job. */
async function recording<T>(
  job: LeasedJob,
  work: (recorder: Recorder, turn: Turn) => Promise<T>,
): Promise<T> {
  const [queues, controls] = [one.queues, one.get(QueueControls)];
  const events = one.get(EventBus);
  const purges = new PurgeService(queues, controls, one.get(PurgeWrites), one.get(ExpiredPlaces), events);
  const recorder = new Recorder(one.get(Journal), one.get(QueueRecords), purges, events, one.get(UserEvents));
  const clock = new Clock();
  const permit = one.get(EpochView).permit(job.shard);
  const turn = new Turn(job, permit, clock.monotonic(), 60_000, clock, 0);
  try {
    return await work(recorder, turn);
  } finally {
    turn.end();
  }
}

/** What the next worker finds when it claims the user. */
async function lookUpAfterLoss(change: (job: LeasedJob) => Partial<LeasedJob> = () => ({})) {
  const job = (await user.claim('w2'))!;
  expect(job).toMatchObject({ lookUp: 'taken_back', attemptsMade: 0, previous: { worker: 'w1' } });
  return recording({ ...job, ...change(job) }, (recorder, turn) => recorder.lookUp(turn));
}

it.each([
  [0, 'retry'],
  [2, 'recheck'],
])(
  'a request waits for its backoff also if Redis missed its failure: %d crashes, %s (P2, P5)',
  async (crashes, op) => {
    const { requestId, token, leasedAt } = await running(`r1-${crashes}`, crashes);
    const times = { startedAt: new Date(leasedAt), finishedAt: new Date(leasedAt + 5) };
    const record = { ...attemptRecord({ outcome: 'failed' }), ...times };
    const then = { kind: 'retry', notBefore: 4_711_000_000_000 } as const;
    await one.get(Journal).recordOutcome({ requestId, token, attempt: 1, record, then });
    expect(await lookUpAfterLoss()).toMatchObject({
      ...{ op, attemptsMade: 1 },
      ...{ notBefore: then.notBefore, since: leasedAt + 5 },
    });
  },
);

it('a request without a recorded outcome runs again, and the crash is counted', async () => {
  await running('r2');
  expect(await lookUpAfterLoss()).toEqual({ attemptsMade: 0, crashes: 1 });
});

it('a result counts as stored, beside its attempt', async () => {
  const stored: number[] = [];
  const end = one.get(EventBus).on('bytes.stored', ({ bytes }) => stored.push(bytes));
  for (const result of ['""', JSON.stringify('x'.repeat(1_000))])
    await recording(await running(`of ${result.length}`), async (recorder, turn) => {
      const record = attemptRecord({ outcome: 'succeeded' });
      await recorder.record(turn, 1, { record, then: { kind: 'succeeded', result } });
      await user.settle(turn.job.requestId, turn.job.token);
    });
  end();
  expect(stored[1]! - stored[0]!).toBe(1_000);
});

it.each([
  [0, { op: 'retry', attemptsMade: 1 }, ['timed_out']],
  [1, { attemptsMade: 0, crashes: 1 }, ['lost']],
])(
  'an attempt that used up its time is recorded, unless a later one began: %d look-ups are recorded',
  async (recorded, found, outcomes) => {
    const { requestId, token } = await running(`r3-${recorded}`);
    if (recorded) {
      const shard = one.queues.shardOf(user.userId);
      const whose = { requestId, userId: user.userId, shard, seq: 0 };
      await one.get(Journal).lookUp({ ...whose, token, takenBack: undefined });
    }
    const later = { worker: 'w2', startedAt: 1, lookUpToken: token };
    const timedOut = ({ previous }: LeasedJob) => ({ ...previous!, isTimedOut: true });
    const ended = await lookUpAfterLoss((job) => ({ previous: { ...later, previous: timedOut(job) } }));
    expect(ended).toMatchObject(found);
    const requests = requestsOf(one.module.get(getModelToken(RequestRecord.name)));
    const document = await requests.findOne({ _id: requestId });
    expect(document?.attempts.map(({ outcome }) => outcome)).toEqual(outcomes);
  },
);

const STEPS: [Step, () => jest.SpyInstance][] = [
  ['look up a request', () => jest.spyOn(one.get(Journal), 'lookUp')],
  ['read the failure policy', () => jest.spyOn(one.get(QueueRecords), 'policyOf')],
  ['record an outcome', () => jest.spyOn(one.get(Journal), 'recordOutcome')],
  ['cancel the rest', () => jest.spyOn(PurgeService.prototype, 'cancelRest')],
];

it.each(STEPS)('a step that fails is logged by its own name, and repeated: %s', async (step, spyOnIt) => {
  const { requestId, shard } = await running(`of ${step}`);
  await one.get(QueueRecords).change(user.userId, shard, { onFailure: 'cancel-rest' });
  const job = (await user.claim('w2'))!;
  const lines = collectLogLines();
  const spy = spyOnIt().mockRejectedValueOnce(new Error(`cannot ${step}`));
  const settlement = await recording(job, async (recorder, turn) => {
    await recorder.lookUp(turn);
    const record = { ...attemptRecord({ outcome: 'failed' }), startedAt: new Date(job.leasedAt + 1) };
    const error = { code: 'handler_error', message: 'No.' };
    return recorder.record(turn, 1, { record, then: { kind: 'failed', error } });
  });
  spy.mockRestore();
  expect(settlement).toMatchObject({ op: 'done', ended: 'failed' });
  const failed = lines.filter(({ event }) => event === 'step.failed');
  expect(failed).toMatchObject([{ step, requestId, userId: user.userId }]);
});
