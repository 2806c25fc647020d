/** A cancel whose process dies after MongoDB has recorded it: no other attempt starts. (P3) */
import { Journal } from '../../../src/journal/journal.service';
import { UserQueues } from '../../../src/queue/user-queues.service';
import { QueueDriver } from '../../support/queue-driver';
import { until } from '../../support/until';
import { attemptRecord } from '../journal/record-fixture';
import { ApiFixture, ApiUser } from './api-fixture';

let api: ApiFixture;
let user: ApiUser;
let driver: QueueDriver;
let id: string;
beforeAll(async () => {
  api = await ApiFixture.start();
});
beforeEach(async () => {
  const queues = api.get(UserQueues);
  user = await api.user();
  driver = new QueueDriver({ queues, get: (token) => api.get(token) }, user.id);
  ({ id } = (await user.enqueue({ type: 'echo', payload: 1 }).expect(202)).body);
  await until('it is confirmed', async () => (await queues.snapshot(user.id))?.nextDueAt === undefined);
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => api.stop());

type Job = NonNullable<Awaited<ReturnType<QueueDriver['claim']>>>;

const failOnRecord = async ({ requestId, token, attemptsMade }: Job) => {
  const record = attemptRecord({ outcome: 'failed' });
  const then = { kind: 'retry', notBefore: 0 } as const;
  await api.get(Journal).recordOutcome({ requestId, token, attempt: attemptsMade + 1, record, then });
};
const lookUp = (job: Job) => api.get(Journal).lookUp({ ...job, takenBack: job.previous });
const settleRetry = ({ requestId, token }: Job) =>
  driver.settle(requestId, token, { op: 'retry', attemptsMade: 1, notBefore: 0 });

/** Cancels; `act` happens after the mark and before the write. The process dies before it removes the job. */
async function cancelAndDie(act: () => Promise<unknown>): Promise<void> {
  const journal = api.get(Journal);
  const cancel = journal.cancel.bind(journal);
  jest.spyOn(journal, 'cancel').mockImplementationOnce(async (...args) => {
    await act();
    return cancel(...args);
  });
  jest.spyOn(api.get(UserQueues), 'remove').mockRejectedValueOnce(new Error('killed'));
  await user.post(`/requests/${id}/cancel`, {}).expect(500);
  expect(await api.requests.findOne({ _id: id })).toMatchObject({ status: 'cancelled' });
}

async function nextIsDropped(): Promise<void> {
  const next = (await driver.claim())!;
  expect(next).toMatchObject({ requestId: id, lookUp: 'doubtful' });
  expect(await lookUp(next)).toMatchObject({ kind: 'ended', state: { status: 'cancelled' } });
  await driver.settle(id, next.token);
}

it('although an attempt has begun, failed and been settled since the mark', async () => {
  await cancelAndDie(async () => {
    const job = (await driver.claim())!;
    expect(await lookUp(job)).toMatchObject({ kind: 'run' });
    await failOnRecord(job);
    await settleRetry(job);
  });
  await nextIsDropped();
});

it('although a worker looks the request up that must only settle a failure of a dead worker', async () => {
  await failOnRecord((await driver.claim('dead', { leaseMs: 0 }))!);
  let job: Job | undefined;
  await cancelAndDie(async () => {
    job = (await driver.claim())!;
    expect(await lookUp(job)).toMatchObject({ kind: 'run', attemptsMade: 1 });
  });
  await settleRetry(job!);
  await nextIsDropped();
});

it('although the attempt since the mark has the token that a retry had given the request', async () => {
  const failed = (await driver.claim())!;
  const then = { kind: 'failed', error: { code: 'no', message: 'No.' } } as const;
  const record = attemptRecord({ outcome: 'failed' });
  const { requestId, token } = failed;
  await api.get(Journal).recordOutcome({ requestId, token, attempt: 1, record, then });
  await driver.settle(requestId, token);
  await user.post(`/requests/${id}/retry`, {}).expect(200);
  await cancelAndDie(async () => {
    const job = (await driver.claim())!;
    expect(job.token).toBe(token + 1);
    await lookUp(job);
    await failOnRecord(job);
    await settleRetry(job);
  });
  await nextIsDropped();
});
