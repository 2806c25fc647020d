import { UserQueues } from '../../../src/queue/user-queues.service';
import { Journal } from '../../../src/journal/journal.service';
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
