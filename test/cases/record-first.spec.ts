/** What a 202 and a 503 mean while the connection from the API to MongoDB is in trouble. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { Connection, createConnection } from 'mongoose';
import type { AppProcess } from '../support/app-process';
import { ApiUser, AppCluster } from '../support/cluster';
import { ended } from '../support/enqueued';
import { uniqueDatabase } from '../support/mongo-database';
import { RecordingTarget } from '../support/recording-target';
import { httpTarget } from '../support/stub-target';
import { TcpProxy } from '../support/tcp-proxy';
import { HURRIED } from '../support/test-settings';
import { until } from '../support/until';

/** ms, each way: a worker that did not wait for the record would be faster. */
const SLOW_MS = 150;

let cluster: AppCluster;
let target: RecordingTarget;
let proxy: TcpProxy;
let apiUri: string;
let url: string;
let api: AppProcess;
let redis: Redis;
/** The records, read without the proxy. */
let records: Connection;

beforeAll(async () => {
  const mongodbUri = uniqueDatabase();
  const throughProxy = new URL(mongodbUri);
  proxy = await TcpProxy.start(Number(throughProxy.port));
  throughProxy.port = String(proxy.port);
  throughProxy.search = '?directConnection=true';
  apiUri = throughProxy.href;
  cluster = await AppCluster.start({ HOLD_MS: HURRIED.HOLD_MS }, mongodbUri);
  redis = cluster.redis.client();
  records = createConnection(mongodbUri);
  target = await RecordingTarget.start(() => 200);
  await cluster.process('worker');
});
beforeEach(async () => {
  ({ url, app: api } = await cluster.process('api', undefined, { MONGODB_URI: apiUri }));
});
afterEach(() => proxy.mend());
afterAll(async () => {
  await records.close();
  await target.stop();
  await cluster.stop();
  await proxy.stop();
});

const delivery = (user: string, index: number) => ({
  type: 'http',
  payload: { url: target.url, body: { user, index } },
});
/** Whether these bytes insert a request: its place is held by then. */
const isInsert = (asked: Buffer) => asked.includes('insert\0') && asked.includes('requests\0');

/** The deliveries of a user, read after one further request was delivered: none can follow. (P2) */
async function seenOf(client: ApiUser, user: string): Promise<number[]> {
  await ended(client, await client.enqueue(delivery(user, 9)));
  return target.of(user).map(({ index }) => index);
}

it('a worker delivers no request before MongoDB has recorded it, however slow MongoDB is', async () => {
  const client = await ApiUser.register(url);
  const seen: unknown[] = [];
  const curious = await httpTarget(({ headers }, response) => {
    const _id = String(headers['idempotency-key']);
    void records
      .collection<{ _id: string }>('requests')
      .findOne({ _id }, { readConcern: 'majority' })
      .then((found) => seen.push(found?._id))
      .finally(() => response.end());
  });
  proxy.slow(SLOW_MS);
  const id = await client.enqueue({ type: 'http', payload: { url: curious.url } });
  await until('it is delivered', () => seen.length > 0);
  expect(seen).toEqual([id]);
  expect(await ended(client, id)).toMatchObject({
    status: 'succeeded',
    attempts: [{ outcome: 'succeeded' }],
  });
  proxy.mend();
  await seenOf(client, 'slow');
  expect(seen).toEqual([id]);
  await curious.close();
});

it.each([
  ['when it was sent', () => proxy.cut()],
  ['between the two writes', () => proxy.when(isInsert, () => proxy.cut())],
])(
  'a request that was answered with 503 because MongoDB was away %s is never delivered',
  async (user, hurt) => {
    const client = await ApiUser.register(url);
    await seenOf(client, `${user}, before`); // its shard is open
    const { id: userId } = await client.get<{ id: string }>('/auth/me');
    hurt();
    const answer = await client.call('POST', '/enqueue', delivery(user, 1));
    expect(answer.status).toBe(503);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    // Otherwise the driver might send the write again later: the outcome of a 503 is unknown, and the request would be recorded.
    await until('the place is given up', async () => (await redis.keys(`*:${userId}:*`)).length === 0);
    proxy.mend();
    expect(await seenOf(client, user)).toEqual([9]);
  },
);

it.each([
  ['replies are lost', () => proxy.mute()],
  ['the connection is cut', () => proxy.cut()],
  ['the API is killed', () => api.signal('SIGKILL')],
])(
  'a request that the client repeats until it is accepted runs once: %s between the two writes',
  async (user, hurt) => {
    const client = await ApiUser.register(url);
    await seenOf(client, `${user}, before`); // its shard is open
    const headers = { 'idempotency-key': randomUUID() };
    proxy.when(isInsert, hurt);
    const first = await client.call('POST', '/enqueue', delivery(user, 1), headers).catch(() => undefined);
    expect(first?.status ?? 503).toBe(503);
    proxy.mend();

    client.url = (await cluster.process('api', undefined, { MONGODB_URI: apiUri })).url;
    const id = await client.enqueue(delivery(user, 1), headers);
    expect(await ended(client, id)).toMatchObject({ status: 'succeeded' });
    expect(await seenOf(client, user)).toEqual([1, 9]);
    expect(target.of(user)[0]!.requestId).toBe(id);
    expect(await client.get('/queue/audit')).toMatchObject({ clean: true });
  },
);
