import { UserQueues } from '../../../src/queue/user-queues.service';
import { Journal } from '../../../src/journal/journal.service';
import { HOUR_MS } from '../../../src/common/time/units';
import { QueueDriver } from '../../support/queue-driver';
import { until } from '../../support/until';
import { ApiFixture, ApiUser } from './api-fixture';
import { attemptRecord, endedDocument } from '../journal/record-fixture';

let api: ApiFixture;
let user: ApiUser;
beforeAll(async () => {
  api = await ApiFixture.start();
});
beforeEach(async () => {
  user = await api.user();
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => api.stop());

it('a retry queues the request again if its place was given up before the write (P3)', async () => {
  const failed = endedDocument({ userId: user.id, shard: 0, status: 'failed', token: 5 });
  await api.requests.insertOne(failed);
  const { _id: requestId, seq } = failed;
  const [queues, journal] = [api.get(UserQueues), api.get(Journal)];
  const retry = journal.retry.bind(journal);
  jest.spyOn(journal, 'retry').mockImplementationOnce(async (...args) => {
    // As a concurrent call does that finds the request decided about, or a worker once HOLD is over.
    const permit = queues.permit(user.id);
    await queues.confirm(permit, { userId: user.id, requestId, seq, accepted: false });
    permit.release();
    return retry(...args);
  });
  const { body } = await user.post(`/requests/${requestId}/retry`, {}).expect(200);
  expect(body).toMatchObject({ status: 'queued', position: 0 });
  expect(await queues.snapshot(user.id)).toMatchObject({ depth: 1, nextDueAt: undefined }); // not held
});

it('holds all places of a bulk retry before one may start, even while one is being settled (P2)', async () => {
  const [queues, journal] = [api.get(UserQueues), api.get(Journal)];
  const { body: first } = await user.enqueue({ type: 'echo', payload: 1 }).expect(202);
  await until('it is confirmed', async () => (await queues.snapshot(user.id))?.nextDueAt === undefined);
  // It has failed on record, and is not settled yet.
  const then = { kind: 'failed', error: { code: 'no', message: 'No.' }, policy: 'continue' } as const;
  await journal.recordOutcome({ requestId: first.id, token: 9, attempt: 1, record: attemptRecord(), then });
  const seq = Number(first.seq) + 1;
  await api.requests.insertOne(endedDocument({ userId: user.id, shard: 0, status: 'failed', seq }));

  const steps: string[] = [];
  let refusals = 0;
  const [putBack, confirm] = [queues.putBack.bind(queues), queues.confirm.bind(queues)];
  jest.spyOn(queues, 'putBack').mockImplementation(async (permit, item) => {
    const isHeld = await putBack(permit, item);
    if (isHeld) steps.push('place');
    else if ((refusals += 1) === 5) await queues.remove(permit, user.id, item.requestId); // now it is settled
    return isHeld;
  });
  jest.spyOn(queues, 'confirm').mockImplementation(async (permit, place) => {
    steps.push('start');
    return confirm(permit, place);
  });
  const { body } = await user.post('/requests/retry', { filter: {} }).expect(200);
  expect([body.count, steps]).toEqual([2, ['place', 'place', 'start', 'start']]);
  expect(await user.allPages('status=queued&order=oldest')).toHaveLength(2);
});

it('a retry works in a paused queue, also if the call that enqueued the request was repeated during its last attempt', async () => {
  const driver = new QueueDriver({ queues: api.get(UserQueues), get: (token) => api.get(token) }, user.id);
  const enqueue = () => user.enqueue({ type: 'echo', payload: 1 }, { 'idempotency-key': 'once' }).expect(202);
  const { id } = (await enqueue()).body;
  await until(
    'it is confirmed',
    async () => (await api.get(UserQueues).snapshot(user.id))?.nextDueAt === undefined,
  );
  const { token } = (await driver.claim())!;
  await enqueue();
  await user.post('/queue/pause', {}).expect(200);
  const then = { kind: 'failed', error: { code: 'no', message: 'No.' } } as const;
  const record = attemptRecord({ outcome: 'failed' });
  await api.get(Journal).recordOutcome({ requestId: id, token, attempt: 1, record, then });
  await driver.settle(id, token, { ended: 'failed' });
  const { body } = await user.post(`/requests/${id}/retry`, {}).expect(200);
  expect(body).toMatchObject({ status: 'queued', position: 0 });
});

describe('of a request that waits an hour for its second attempt', () => {
  let id: string;
  let driver: QueueDriver;
  /** Tells Redis what MongoDB has recorded. */
  let settle: () => Promise<unknown>;
  const retry = () => user.post(`/requests/${id}/retry`, {});
  const nextOfUser = async () => {
    const job = await driver.claim();
    return job && [job.requestId, job.attemptsMade];
  };

  beforeEach(async () => {
    const queues = api.get(UserQueues);
    driver = new QueueDriver({ queues, get: (token) => api.get(token) }, user.id);
    ({ id } = (await user.enqueue({ type: 'echo', payload: 1 }).expect(202)).body);
    await user.enqueue({ type: 'echo', payload: 2 }).expect(202);
    await until('both are confirmed', async () => (await queues.snapshot(user.id))?.depth === 2);
    const { token } = (await driver.claim())!;
    const [since, notBefore] = [Date.now(), Date.now() + HOUR_MS];
    const record = attemptRecord({ outcome: 'failed' });
    await api
      .get(Journal)
      .recordOutcome({ requestId: id, token, attempt: 1, record, then: { kind: 'retry', notBefore } });
    settle = () => driver.settle(id, token, { op: 'retry', attemptsMade: 1, notBefore, since });
  });

  it('a retry lets the second attempt start now, in both stores; the request keeps its place (P2)', async () => {
    await settle();
    expect(await nextOfUser()).toBeUndefined();
    const { body } = await retry().expect(200);
    expect(body).toMatchObject({ status: 'retrying', attempts: [{ number: 1, outcome: 'failed' }] });
    expect(Date.parse(body.nextAttemptAt)).toBeLessThanOrEqual(Date.now());
    await retry().expect(200);
    expect(await nextOfUser()).toEqual([id, 1]);
    await retry().expect(200); // it runs
  });

  it('a retry waits until the first attempt is settled, so that its backoff does not come back', async () => {
    const queues = api.get(UserQueues);
    const endBackoff = queues.endBackoff.bind(queues);
    const answers: boolean[] = [];
    jest.spyOn(queues, 'endBackoff').mockImplementation(async (...args) => {
      const isSettled = await endBackoff(...args);
      if (answers.push(isSettled) === 3) await settle();
      return isSettled;
    });
    await retry().expect(200);
    expect(answers).toEqual([false, false, false, true]);
    expect(await nextOfUser()).toEqual([id, 1]);
  });

  it('a retry is refused if the request is cancelled meanwhile', async () => {
    const journal = api.get(Journal);
    const endBackoff = journal.endBackoff.bind(journal);
    jest.spyOn(journal, 'endBackoff').mockImplementationOnce(async (...args) => {
      await journal.cancel((await api.requests.findOne({ _id: id }))!, Date.now());
      return endBackoff(...args);
    });
    await settle();
    expect((await retry().expect(409)).body).toMatchObject({ code: 'not_failed' });
  });
});
