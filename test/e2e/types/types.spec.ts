/** The types of requests: those of handlers, and those declared for external workers. */
import { MongoClient } from 'mongodb';
import { ApiUser, AppCluster } from '../../support/cluster';
import { until } from '../../support/until';

interface TypeView {
  readonly type: string;
  readonly external: boolean;
  readonly payloadSchema?: object;
  readonly example?: unknown;
  readonly lane: string;
  readonly defaults: { readonly timeoutMs: number };
}

const PAGE = { type: 'object', properties: { page: { type: 'integer' } }, required: ['page'] };

let cluster: AppCluster;
let admin: ApiUser;
let user: ApiUser;
let elsewhere: ApiUser;

beforeAll(async () => {
  cluster = await AppCluster.start();
  const [one, two] = await Promise.all([cluster.process('all'), cluster.process('api')]);
  admin = await cluster.admin(one.url);
  user = await ApiUser.register(one.url);
  elsewhere = await ApiUser.register(two.url);
});
afterAll(() => cluster.stop());

const declare = (type: string, body: object) => admin.call('PUT', `/admin/types/${type}`, body);
const enqueue = (by: ApiUser, type: string, payload: unknown) =>
  by.call('POST', '/enqueue', { type, payload });
const types = async (by = user) => (await by.get<{ items: TypeView[] }>('/types')).items;
const typeOf = async (type: string) => (await types()).find((each) => each.type === type);

it('GET /types lists the types of handlers, with their schemas and examples', async () => {
  expect((await types()).map(({ type }) => type)).toEqual(['echo', 'http', 'sleep']);
  expect(await typeOf('http')).toMatchObject({
    external: false,
    lane: 'main',
    payloadSchema: {
      properties: { url: { type: 'string', format: 'uri' }, headers: { type: 'object' } },
      required: ['url'],
      additionalProperties: false,
    },
    defaults: { maxAttempts: 5, backoff: { type: 'exponential', delayMs: 1000 }, timeoutMs: 30_000 },
  });
  expect(await typeOf('echo')).not.toHaveProperty('payloadSchema');
});

it('a declared type can be enqueued at once in every process, with validated payloads', async () => {
  expect((await enqueue(elsewhere, 'render', { page: 1 })).status).toBe(422);
  const answer = await declare('render', {
    ...{
      external: true,
      payloadSchema: PAGE,
      timeoutMs: 5_000,
      description: 'Renders.',
      example: { page: 1 },
    },
  });
  const declared = {
    ...{ type: 'render', external: true, lane: 'x.render', payloadSchema: PAGE, example: { page: 1 } },
    defaults: { timeoutMs: 5_000 },
  };
  expect([answer.status, await answer.json()]).toMatchObject([200, declared]);
  expect(await typeOf('render')).toMatchObject(declared);
  for (const by of [user, elsewhere]) {
    expect((await enqueue(by, 'render', { page: 1 })).status).toBe(202);
    const refused = await enqueue(by, 'render', { page: 'x' });
    expect([refused.status, await refused.json()]).toMatchObject([
      422,
      { errors: [{ pointer: '/payload/page' }] },
    ]);
  }
});

it('every process uses a new declaration of a type', async () => {
  await declare('changing', { external: true, payloadSchema: { const: 1 } });
  expect((await enqueue(elsewhere, 'changing', 1)).status).toBe(202);
  await declare('changing', { external: true, payloadSchema: { const: 2 } });
  expect((await enqueue(user, 'changing', 1)).status).toBe(422);
  await until('the other process has the new declaration', async () => {
    return (await enqueue(elsewhere, 'changing', 2)).status === 202;
  });
});

it('a repeated call with a key gets its answer although its payload would now be refused (P3)', async () => {
  await declare('stricter', { external: true });
  const one = { type: 'stricter', payload: 1 };
  const call = async (path: string, body: object, key: string) => {
    const answer = await user.call('POST', path, body, { 'idempotency-key': key });
    return [answer.status, await answer.json()] as const;
  };
  const first = await call('/enqueue', one, 'k');
  const firstBatch = await call('/enqueue/batch', { requests: [one, one] }, 'k');
  expect([first[0], firstBatch[0]]).toEqual([202, 202]);

  await declare('stricter', { external: true, payloadSchema: { const: 2 } });
  expect(await call('/enqueue', one, 'k')).toEqual(first);
  expect(await call('/enqueue/batch', { requests: [one, one] }, 'k')).toEqual(firstBatch);
  const wrong = { code: 'validation_failed' };
  expect(await call('/enqueue', one, 'new')).toMatchObject([422, wrong]);
  expect(await call('/enqueue/batch', { requests: [one] }, 'new')).toMatchObject([422, wrong]);
});

it('the other types are served if a stored one can no longer be used', async () => {
  await declare('sound', { external: true });
  const client = await MongoClient.connect(cluster.mongodbUri);
  const unusable = { payloadSchema: '{"type":"page"}', declaredAt: new Date() };
  await client
    .db()
    .collection<{ _id: string }>('types')
    .insertOne({ _id: 'unusable', ...unusable });
  await client.close();
  expect((await enqueue(elsewhere, 'sound', 1)).status).toBe(202);
  expect((await enqueue(elsewhere, 'unusable', 1)).status).toBe(422);
  expect(await typeOf('sound')).toBeDefined();
});

it.each([
  ['no schema', { external: true, payloadSchema: { type: 'page' } }, '/payloadSchema'],
  ['a schema that is not an object', { external: true, payloadSchema: [] }, '/payloadSchema'],
  [
    'an example that its schema refuses',
    { external: true, payloadSchema: PAGE, example: { page: 'x' } },
    '/example/page',
  ],
  ['an invalid time', { external: true, timeoutMs: 0 }, '/timeoutMs'],
  ['something that is not external', { external: false }, '/external'],
  ['an unknown field', { external: true, color: 'red' }, '/color'],
])('declaring a type refuses %s, and names the field', async (_what, body, pointer) => {
  const answer = await declare('refused', body);
  expect([answer.status, await answer.json()]).toMatchObject([422, { errors: [{ pointer }] }]);
  expect(await typeOf('refused')).toBeUndefined();
});

it('a refused example is described as what it is, and not as a payload', async () => {
  const answer = await declare('refused', { external: true, payloadSchema: PAGE, example: { page: 'x' } });
  expect(await answer.json()).toMatchObject({
    detail: expect.stringMatching(/^\/example\/page must be/) as string,
  });
});

it("declaring a type refuses a handler's type, a type without a name, and users", async () => {
  expect((await declare('echo', { external: true })).status).toBe(409);
  expect((await declare('No%20Name', { external: true })).status).toBe(404);
  expect((await user.call('PUT', '/admin/types/mine', { external: true })).status).toBe(403);
});
