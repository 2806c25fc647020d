/** The number of shards changes twice, from 16 to 8 to 32, with every kind of pending request on record. */
import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { SCOPES } from '../../../src/auth/access/scopes';
import { shardOf } from '../../../src/queue/keys';
import { AppProcess } from '../../support/app-process';
import { ApiUser, AppCluster } from '../../support/cluster';
import { RequestView } from '../../support/enqueued';
import { RecordingTarget, violations } from '../../support/recording-target';
import { until } from '../../support/until';

/** The account's queue has a rate; the other queues belong to its customers. */
const LIMITED = '';
const PAUSED = 'paused';
const HALTED = 'halted';
const RETRIED = ['retried-0', 'retried-1', 'retried-2'];
const FRESH = Array.from({ length: 20 }, (_, i) => `fresh-${i}`);
const ALL = [LIMITED, PAUSED, HALTED, ...RETRIED, ...FRESH];

let cluster: AppCluster;
let target: RecordingTarget;
let client: MongoClient;
let admin: ApiUser;
let account: ApiUser;
let targetFails = true;

beforeAll(async () => {
  cluster = await AppCluster.start();
  client = await MongoClient.connect(cluster.mongodbUri);
  target = await RecordingTarget.start(() => (targetFails ? 500 : 200), 0);
});
afterAll(async () => {
  await client.close();
  await target.stop();
  await cluster.stop();
});

/** An API key with which the admin also acts for customers. */
async function keyOf(url: string): Promise<ApiUser> {
  const body = { name: 'company', scopes: SCOPES };
  const { key } = await admin.does<{ key: string }>('POST', '/auth/api-keys', body);
  return ApiUser.withKey(url, key);
}

async function start(role: 'api' | 'all', shards: number): Promise<AppProcess> {
  const { app, url } = await cluster.process(role, undefined, { QUEUE_SHARDS: `${shards}` });
  admin ??= await cluster.admin(url);
  account ??= await keyOf(url);
  admin.url = account.url = url;
  return app;
}
async function stop(app: AppProcess): Promise<void> {
  app.signal('SIGTERM');
  expect(await app.ended).toBe(0);
}
const changeTo = (shards: number) => cluster.command('shards', '--to', `${shards}`);

const as = (user: string): Record<string, string> => (user === LIMITED ? {} : { 'turnwise-user': user });
const does = (method: string, path: string, user: string, body?: unknown) =>
  account.does(method, path, body, as(user));
const deliver = (user: string, index: number, more: object = {}) =>
  account.enqueue({ type: 'http', payload: { url: target.url, body: { user, index } }, ...more }, as(user));
const read = (user: string, id: string) => account.get<RequestView>(`/requests/${id}`, as(user));
const delivered = (user: string) => target.of(user).filter(({ status }) => status === 200);
const indexes = (user: string) => delivered(user).map(({ index }) => index);

/** Records of pending or halting requests, and of queues, that name another shard than their user's. */
async function misplaced(shards: number): Promise<unknown[]> {
  const requests = await client
    .db()
    .collection('requests')
    .find({ $or: [{ pending: true }, { halts: true }] })
    .map(({ userId, shard }) => ({ userId: String(userId), shard: Number(shard) }))
    .toArray();
  const queues = await client
    .db()
    .collection('queues')
    .find()
    .map(({ _id, shard }) => ({ userId: String(_id), shard: Number(shard) }))
    .toArray();
  expect(queues.length).toBeGreaterThan(0);
  return [...requests, ...queues].filter(({ userId, shard }) => shard !== shardOf(userId, shards));
}

it('changing the number of shards keeps the order of every queue, runs each request once, and keeps keys, pauses, halts and rates', async () => {
  let app = await start('all', 16);
  const { id } = await admin.get<{ id: string }>('/auth/me');
  await admin.does('PUT', `/admin/users/${id}/limits`, { rate: { limit: 1, perMs: 200 } });
  await does('POST', '/queue/pause', PAUSED);
  await does('PATCH', '/queue', HALTED, { onFailure: 'halt' });
  const backoff = { type: 'fixed', delayMs: 3000 };
  const heads = await Promise.all(RETRIED.map((user) => deliver(user, 0, { backoff })));
  const halting = await deliver(HALTED, 0, { maxAttempts: 1 });
  await until('each has failed once', async () => {
    const all = await Promise.all([
      read(HALTED, halting),
      ...heads.map((head, i) => read(RETRIED[i]!, head)),
    ]);
    return all.every(({ attempts }) => attempts.some(({ outcome }) => outcome === 'failed'));
  });
  targetFails = false;
  await stop(app);

  app = await start('api', 16);
  for (const user of ALL) {
    if (user !== HALTED && !RETRIED.includes(user)) await deliver(user, 0);
    await deliver(user, 1);
  }
  const scheduled = await deliver('scheduled', 0, { delayMs: 3_600_000 });
  const key = randomUUID();
  const keyed = { type: 'http', payload: { url: target.url, body: { user: 'keyed', index: 0 } } };
  const sameCall = () => account.enqueue(keyed, { ...as('keyed'), 'idempotency-key': key });
  const keyedId = await sameCall();
  await stop(app);

  expect(await changeTo(8)).toMatch(/^This database now has 8 shards instead of 16: \d+ requests were moved/);
  expect((await cluster.redis.client().keys('*')).filter((key) => /^\{tw\d/.test(key))).toEqual([]);
  expect(await misplaced(8)).toEqual([]);
  expect(await changeTo(8)).toBe('This database already has 8 shards.\n');
  const action = await client
    .db()
    .collection('operatoractions')
    .findOne({}, { sort: { _id: -1 } });
  expect(action).toMatchObject({ action: 'shards --to 8', actor: expect.stringMatching(/^.+@.+$/) });

  app = await start('api', 8);
  expect(await sameCall()).toBe(keyedId);
  for (const user of ALL) await deliver(user, 2);
  await stop(app);

  expect(await changeTo(32)).toMatch(/^This database now has 32 shards instead of 8/);
  expect(await misplaced(32)).toEqual([]);
  app = await start('all', 32);
  const moving = ALL.filter((user) => user !== PAUSED && user !== HALTED);
  await until('all have run', () => moving.every((user) => indexes(user).length === 3));
  expect(indexes(PAUSED)).toEqual([]);
  expect(indexes(HALTED)).toEqual([]);
  await does('POST', '/queue/resume', PAUSED);
  await does('POST', `/requests/${halting}/retry`, HALTED);
  await until('these have run, too', () => [PAUSED, HALTED].every((user) => indexes(user).length === 3));
  for (const user of ALL) {
    expect(indexes(user)).toEqual([0, 1, 2]);
    expect(violations(target.of(user))).toEqual([]);
  }
  expect(indexes('keyed')).toEqual([0]);
  expect(await read('scheduled', scheduled)).toMatchObject({ status: 'scheduled' });
  await stop(app);
});
