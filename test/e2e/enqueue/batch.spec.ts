import type { LeasedJob } from '../../../src/queue/scripts/leased-job';
import { UserQueues } from '../../../src/queue/user-queues.service';
import { memberIds } from '../../../src/journal/batches';
import { Journal } from '../../../src/journal/journal.service';
import { collectLogLines } from '../../support/log-lines';
import { QueueDriver } from '../../support/queue-driver';
import { until } from '../../support/until';
import { ApiFixture, ApiUser } from '../requests/api-fixture';

let api: ApiFixture;
let user: ApiUser;
beforeAll(async () => {
  api = await ApiFixture.start();
});
beforeEach(async () => {
  user = await api.user();
});
afterAll(() => api.stop());

const echoes = (n: number) => Array.from({ length: n }, (_, i) => ({ type: 'echo', payload: i }));
const depth = async () => (await user.get('/queue').expect(200)).body.depth as number;

it('a batch takes 250 requests, which are neighbours in the order of the body', async () => {
  await user.enqueue({ type: 'echo', payload: 'before' }).expect(202);
  const { body } = await user.post('/enqueue/batch', { requests: echoes(250) }).expect(202);
  const seqs = body.items.map(({ seq }: { seq: number }) => seq);
  expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
  expect(body.items.map(({ position }: { position: number }) => position)).toEqual(
    Array.from({ length: 250 }, (_, i) => i + 1),
  );
  const ids = (await user.allPages('limit=20')).reverse();
  expect(ids.slice(1)).toEqual(body.items.map(({ id }: { id: string }) => id));
});

it('a batch keeps each payload exactly as it was written', async () => {
  const text = '{"requests":[{"type":"echo","payload":{"n":1.10}},{"type":"echo","payload":  [1e2] }]}';
  const { body } = await user.post('/enqueue/batch', text).expect(202);
  const documents = await api.requests.find({ userId: user.id }).sort({ seq: 1 }).toArray();
  expect(documents.map(({ payload }) => payload)).toEqual(['{"n":1.10}', '[1e2]']);
  expect(documents.map(({ _id }) => _id)).toEqual(body.items.map(({ id }: { id: string }) => id));
});

it('a batch schedules all requests for one time, in their order', async () => {
  const { body } = await user.post('/enqueue/batch', { requests: echoes(3), delayMs: 60_000 }).expect(202);
  const [a, b, c] = body.items;
  expect(a).toMatchObject({ status: 'scheduled' });
  expect([b.seq - a.seq, c.seq - b.seq]).toEqual([1, 1]);
});

it('a batch can be scheduled together with any number of cancelled requests for the same time', async () => {
  const runAt = new Date(Date.now() + 3_600_000).toISOString();
  await user.post('/enqueue/batch', { requests: echoes(30), runAt }).expect(202);
  await user.delete('/queue/requests').expect(200);
  const { body } = await user.post('/enqueue/batch', { requests: echoes(3), runAt }).expect(202);
  const [a, b, c] = body.items;
  expect([b.seq - a.seq, c.seq - b.seq]).toEqual([1, 1]);
});

it.each<[string, object, string]>([
  ['an unknown type', { type: 'nothing', payload: 1 }, '/requests/125/type'],
  ['a bad payload', { type: 'sleep', payload: { ms: -1 } }, '/requests/125/payload/ms'],
  ['no payload', { type: 'echo' }, '/requests/125/payload'],
  ['a time of its own', { type: 'echo', payload: 1, delayMs: 5 }, '/requests/125/delayMs'],
])(
  'a batch with one request with %s is refused as a whole, and the error has its index',
  async (_, bad, pointer) => {
    const requests = echoes(250);
    requests[125] = bad as (typeof requests)[number];
    const { body } = await user.post('/enqueue/batch', { requests }).expect(422);
    expect(body.errors[0].pointer).toBe(pointer);
    expect(await depth()).toBe(0);
    expect(await user.allPages('')).toEqual([]);
  },
);

it.each([[[]], [echoes(251)]])(
  'a batch without requests, or with more than 250, is refused',
  async (requests) => {
    const { body } = await user.post('/enqueue/batch', { requests }).expect(422);
    expect(body.errors[0].pointer).toBe('/requests');
  },
);

it('a batch is refused as a whole if the queue has no room for all of it', async () => {
  await user.control({ maxDepth: 5 });
  const { body, headers } = await user.post('/enqueue/batch', { requests: echoes(6) }).expect(429);
  expect(body.code).toBe('queue_full');
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  expect(await depth()).toBe(0);
  await user.post('/enqueue/batch', { requests: echoes(5) }).expect(202);
});

it('a batch gets the same answer for the same key, in parallel and later, and refuses another body for it', async () => {
  const key = { 'idempotency-key': 'k' };
  const requests = echoes(3);
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => user.post('/enqueue/batch', { requests }, key).expect(202)),
  );
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers.filter(({ headers }) => headers['idempotent-replayed'] === 'true')).toHaveLength(9);
  expect(await depth()).toBe(3);
  await api.end(answers[0]!.body.items[0].id);
  const later = await user.post('/enqueue/batch', { requests }, key).expect(202);
  expect(later.text).toBe(answers[0]!.text);
  await user.post('/enqueue/batch', { requests: echoes(2) }, key).expect(422);
  await user.enqueue({ type: 'echo', payload: 1 }, key).expect(202); // the key is used on another route
});

it('a repeated batch starts again if its process died in the middle of the inserts', async () => {
  const key = { 'idempotency-key': 'died' };
  const { body } = await user.post('/enqueue/batch', { requests: echoes(3) }, key).expect(202);
  const [first, second, third] = body.items.map(({ id }: { id: string }) => id);
  // As if the third insert had never arrived, nor the protection of the others.
  await api.requests.deleteOne({ _id: third });
  await api.requests.updateMany({ _id: { $in: [first, second] } }, { $set: { token: 0 } });
  const again = await user.post('/enqueue/batch', { requests: echoes(3) }, key).expect(202);
  expect(again.headers).not.toHaveProperty('idempotent-replayed');
  expect(await user.allPages('')).toEqual(again.body.items.map(({ id }: { id: string }) => id).reverse());
  const { batch } = (await api.requests.findOne({ _id: again.body.items[0].id }))!;
  expect(memberIds(batch!)).toEqual(again.body.items.map(({ id }: { id: string }) => id));
});

it('a batch has its members looked up if they may run before a repeated call has counted them (P3)', async () => {
  const key = { 'idempotency-key': 'uncounted' };
  const { body } = await user.post('/enqueue/batch', { requests: echoes(3) }, key).expect(202);
  const ids: string[] = body.items.map(({ id }: { id: string }) => id);
  await api.requests.deleteOne({ _id: ids[2]! });
  await api.requests.updateMany({ _id: { $in: ids } }, { $set: { token: 0 } });
  const { batches } = api.get(Journal);
  const resolve = batches.resolve.bind(batches);
  const process = { queues: api.get(UserQueues), get: api.get.bind(api) };
  let given: LeasedJob | undefined;
  jest.spyOn(batches, 'resolve').mockImplementationOnce(async (batch, userId) => {
    given = await new QueueDriver(process, user.id).claim();
    return resolve(batch, userId);
  });
  await user.post('/enqueue/batch', { requests: echoes(3) }, key).expect(202);
  expect(given).toMatchObject({ requestId: ids[0], lookUp: 'doubtful' });
});

it('a batch is accepted although its places cannot be confirmed, and the log says why', async () => {
  const lines = collectLogLines();
  const confirm = jest.spyOn(api.get(UserQueues), 'confirm').mockRejectedValue(new Error('Redis is away'));
  await user.post('/enqueue/batch', { requests: echoes(2) }).expect(202);
  const failed = () => lines.find(({ step }) => step === 'confirm an accepted request');
  await until('it is logged', () => failed() !== undefined);
  confirm.mockRestore();
  expect(failed()).toMatchObject({ cause: 'Redis is away' });
});
