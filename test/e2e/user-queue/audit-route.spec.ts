import { ApiFixture, ApiUser } from '../requests/api-fixture';
import { attemptRecord, endedDocument, requestDocument } from '../journal/record-fixture';

let api: ApiFixture;
let user: ApiUser;
beforeAll(async () => {
  api = await ApiFixture.start();
});
beforeEach(async () => {
  user = await api.user();
});
afterAll(() => api.stop());

const mine = () => ({ userId: user.id, shard: 0 });

it('the audit checks the latest requests of the caller only', async () => {
  const startedAt = new Date();
  await api.requests.insertOne(requestDocument({ userId: 'somebody else', shard: 0 }));
  await api.requests.insertMany([
    requestDocument(mine()), // not among the latest
    endedDocument({ ...mine(), startedAt, attempts: [attemptRecord()] }),
    endedDocument({ ...mine(), status: 'abandoned' }),
    requestDocument(mine()),
  ]);
  const { body: all } = await user.get('/queue/audit').expect(200);
  expect(all).toMatchObject({ checked: 3, clean: false, violations: [{ rule: 'gap' }] });
  const { body: last } = await user.get('/queue/audit?last=2').expect(200);
  expect(last).toEqual({ checked: 2, clean: true, violations: [] });
});

it.each(['0', '1001', 'x', '1.5'])('the audit refuses last=%s', async (last) => {
  const { body } = await user.get(`/queue/audit?last=${last}`).expect(422);
  expect(body.errors[0].pointer).toBe('?last');
});
