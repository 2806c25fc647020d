import { UserQueues } from '../../../src/queue/user-queues.service';
import { Journal } from '../../../src/journal/journal.service';
import { ApiFixture, ApiUser } from './api-fixture';
import { endedDocument } from '../journal/record-fixture';

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
