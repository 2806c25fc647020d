import { Problem } from '../../../src/common/errors/problem';
import { UserQueues } from '../../../src/queue/user-queues.service';
import { BulkService } from '../../../src/requests/bulk.service';
import { CancelService } from '../../../src/requests/cancel.service';
import { RetryService } from '../../../src/requests/retry.service';
import { until } from '../../support/until';
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

const bulk = async (what: string, filter: object) => {
  const { body } = await user.post(`/requests/${what}`, { filter }).expect(200);
  return body.count as number;
};
const accepted = async (more: object = {}) =>
  (await user.enqueue({ type: 'echo', payload: 1, ...more }).expect(202)).body.id as string;
const failed = async (given: object = {}) => {
  const document = endedDocument({ userId: user.id, shard: 0, status: 'failed', ...given });
  await api.requests.insertOne(document);
  return document._id;
};

it('POST /requests/cancel cancels the matching requests that have not ended', async () => {
  const tagged = [await accepted({ tags: ['x'] }), await accepted({ tags: ['x'], delayMs: 60_000 })];
  const other = await accepted();
  await failed({ tags: ['x'] });
  expect(await bulk('cancel', { tag: 'x' })).toBe(2);
  expect((await user.allPages('status=cancelled')).sort()).toEqual([...tagged].sort());
  expect(await user.allPages('status=queued')).toEqual([other]);
  expect(await bulk('cancel', {})).toBe(1);
  expect(await bulk('cancel', {})).toBe(0);
});

it('a preview counts and changes nothing', async () => {
  const waiting = [await accepted({ tags: ['x'] }), await accepted()];
  const unwanted = await failed({ tags: ['x'] });
  const preview = async (what: string, filter: object) =>
    (await user.post(`/requests/${what}`, { filter, preview: true }).expect(200)).body.count as number;
  expect(await preview('cancel', { tag: 'x' })).toBe(1);
  expect(await preview('retry', {})).toBe(1);
  expect(await preview('dismiss', { tag: 'x' })).toBe(1);
  expect(await user.allPages('status=queued')).toEqual(waiting.reverse());
  expect(await user.allPages('status=failed')).toEqual([unwanted]);
});

it('POST /requests/retry puts all failed requests back into the queue, in their order', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 70; i++) ids.push(await failed());
  const later = await accepted();
  const notMeant = await failed({ type: 'sleep' });
  expect(await bulk('retry', { type: 'echo' })).toBe(70);
  const { body } = await user.get('/requests?status=queued&limit=200').expect(200);
  const inLine = body.items.sort(
    (a: { position: number }, b: { position: number }) => a.position - b.position,
  );
  expect(inLine.map(({ id }: { id: string }) => id)).toEqual([...ids, later]);
  expect(await user.allPages('status=failed')).toEqual([notMeant]);
});

it('POST /requests/cancel and its preview read the requests in line only, however many have ended', async () => {
  await api.requests.insertMany(
    Array.from({ length: 500 }, () => endedDocument({ userId: user.id, shard: 0 })),
  );
  await accepted({ delayMs: 60_000 });
  const examined = await api.examined(async () => {
    const { body } = await user.post('/requests/cancel', { filter: {}, preview: true }).expect(200);
    expect(body.count).toBe(1);
    expect(await bulk('cancel', {})).toBe(1);
  });
  expect(Math.max(...examined)).toBe(1);
});

it('retry, dismiss, previews and a list read the failed requests only, however many have ended', async () => {
  await api.requests.insertMany(
    Array.from({ length: 500 }, () => endedDocument({ userId: user.id, shard: 0 })),
  );
  const ids = [await failed({ type: 'sleep' }), await failed(), await failed()];
  const examined = await api.examined(async () => {
    expect(await user.allPages('status=failed')).toEqual(ids.toReversed());
    for (const what of ['retry', 'dismiss']) {
      const { body } = await user.post(`/requests/${what}`, { filter: {}, preview: true }).expect(200);
      expect(body.count).toBe(3);
    }
    expect(await bulk('retry', { type: 'sleep' })).toBe(1);
    expect(await bulk('dismiss', { status: ['failed', 'dismissed'] })).toBe(2);
  });
  expect(Math.max(...examined)).toBe(3);
});

it('a bulk call of a user is refused while another one runs, and other users are served', async () => {
  for (let i = 0; i < 70; i++) await accepted({ delayMs: 60_000 });
  const other = await api.user();
  await other.enqueue({ type: 'echo', payload: 1, delayMs: 60_000 }).expect(202);
  const operations = api.app.get(BulkService);
  const first = operations.cancel(user.id, {});
  await expect(operations.cancel(user.id, {})).rejects.toMatchObject({
    code: 'rate_limited',
    headers: { 'retry-after': '1' },
  });
  expect(await operations.cancel(other.id, {})).toBe(1);
  expect(await first).toBe(70);
  expect(await bulk('cancel', {})).toBe(0);
});

it('refuses to cancel by status while the queue cannot be read', async () => {
  const id = await accepted();
  const cancel = (filter: object) => user.post('/requests/cancel', { filter });
  const unseen = () => jest.spyOn(api.get(UserQueues), 'snapshot').mockResolvedValueOnce(undefined);
  unseen();
  const { body } = await cancel({ status: ['queued'] }).expect(503);
  expect(body.code).toBe('unavailable');
  expect(await user.allPages('status=queued')).toEqual([id]);
  unseen();
  expect((await cancel({}).expect(200)).body.count).toBe(1);
});

it('fails only after all its decisions have ended', async () => {
  await accepted({ delayMs: 60_000 });
  await accepted({ delayMs: 60_000 });
  const cancelling = api.get(CancelService);
  const cancel = cancelling.cancel.bind(cancelling);
  let goOn: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (goOn = resolve));
  const cancels = jest
    .spyOn(cancelling, 'cancel')
    .mockRejectedValueOnce(new Problem('unavailable', 'The store is away.'))
    .mockImplementationOnce(async (userId, id) => gate.then(() => cancel(userId, id)));
  const operations = api.get(BulkService);
  const first = operations.cancel(user.id, {});
  const refused = expect(first).rejects.toMatchObject({ code: 'unavailable' });
  await until('both have begun', () => cancels.mock.calls.length === 2);
  await expect(operations.cancel(user.id, {})).rejects.toMatchObject({ code: 'rate_limited' });
  goOn();
  await refused;
  expect(await bulk('cancel', {})).toBe(1);
});

it('a request that another call has decided about is not counted', async () => {
  const [waiting, unwanted] = [await accepted(), await failed()];
  const cancel = () => api.app.get(CancelService).cancel(user.id, waiting);
  expect([await cancel(), await cancel()]).toEqual([true, false]);
  const dismiss = () => api.app.get(RetryService).dismiss(user.id, unwanted);
  expect([await dismiss(), await dismiss()]).toEqual([true, false]);
});

it('a bulk call includes what was accepted before the clock of Redis was set back, and nothing that is accepted during it', async () => {
  const ids = [await accepted(), await accepted({ delayMs: 60_000 })];
  const ahead = new Date(Date.now() + 3_600_000);
  await api.requests.updateOne({ _id: ids[0]! }, { $set: { createdAt: ahead } });
  const cancelling = api.get(CancelService);
  const cancel = cancelling.cancel.bind(cancelling);
  jest.spyOn(cancelling, 'cancel').mockImplementationOnce(async (...args) => {
    ids.push(await accepted());
    return cancel(...args);
  });
  expect(await bulk('cancel', {})).toBe(2);
  expect(await user.allPages('status=queued')).toEqual(ids.slice(2));
});

it('POST /requests/dismiss dismisses failed requests by the time of their acceptance', async () => {
  await failed({ createdAt: new Date('2026-01-01T00:00:00Z') });
  const late = await failed({ createdAt: new Date('2026-02-01T00:00:00Z') });
  expect(await bulk('dismiss', { to: '2026-01-15T00:00:00Z' })).toBe(1);
  expect(await user.allPages('status=failed')).toEqual([late]);
});

it.each([
  [{}, '/filter'],
  [{ filter: { status: ['no such'] } }, '/filter/status'],
  [{ filter: { status: [] } }, '/filter/status'],
  [{ filter: { status: Array.from({ length: 9 }, () => 'queued') } }, '/filter/status'],
  [{ filter: { q: 'words' } }, '/filter/q'],
])('POST /requests/cancel refuses %j', async (body, pointer) => {
  const answer = await user.post('/requests/cancel', body).expect(422);
  expect(answer.body.errors[0].pointer).toBe(pointer);
});
