import { MongoClient } from 'mongodb';
import { Shutdown } from '../../../src/common/process/shutdown';
import { ApiUser } from '../../support/cluster';
import { scrape } from '../../support/metrics';
import { uniqueDatabase } from '../../support/mongo-database';
import { TcpProxy } from '../../support/tcp-proxy';
import { startTestApp, TestApp } from '../../support/test-app';
import { HURRIED } from '../../support/test-settings';
import { until } from '../../support/until';

let test: TestApp;
afterEach(() => test.close());

const live = async () => (await fetch(`${test.url}/health/live`)).status;

interface Readiness {
  status: number;
  down: string[];
  text: string;
}

async function ready(): Promise<Readiness> {
  const answer = await fetch(`${test.url}/health/ready`);
  const text = await answer.text();
  const { error } = JSON.parse(text) as { error: object };
  return { status: answer.status, down: Object.keys(error), text };
}

async function untilReady(): Promise<void> {
  while ((await ready()).status !== 200);
}

it('/health/ready is up, down while Redis is away, and up again; /health/live stays up', async () => {
  test = await startTestApp();
  await untilReady();
  await test.redis.kill();
  const away = await ready();
  expect(away).toMatchObject({ status: 503, down: ['redis', 'queues'] });
  expect(away.text).not.toMatch(/ECONN|127\.0\.0\.1|ioredis|retries/i); // the driver's words belong in the log
  expect(await live()).toBe(200);
  await test.redis.restart();
  await untilReady();
});

it('/health/ready is down while Redis is frozen, full, or may evict keys', async () => {
  test = await startTestApp();
  await untilReady();
  test.redis.freeze();
  expect(await ready()).toMatchObject({ status: 503, down: ['redis', 'queues'] });
  expect(await live()).toBe(200);
  test.redis.thaw();
  await untilReady();

  const client = test.redis.client();
  await client.config('SET', 'maxmemory', '1');
  expect(await ready()).toMatchObject({ status: 503, down: ['redis'] });
  expect((await scrape(test.url))('turnwise_redis_memory_bytes{kind="max"}')).toBe(1);
  await client.config('SET', 'maxmemory', '0');
  expect((await scrape(test.url))('turnwise_redis_memory_bytes{kind="max"}')).toBeNaN();
  await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
  const evicting = await ready();
  expect(evicting).toMatchObject({ status: 503, down: ['redis'] });
  expect(evicting.text).toContain('noeviction');
});

it('/health/ready stays up after one slow answer', async () => {
  test = await startTestApp();
  await untilReady();
  // A busy machine adds its own delays: the check may begin after the pause, or take too long in all.
  await until('a slow answer is enough', async () => {
    await test.redis.client().call('CLIENT', 'PAUSE', '900', 'ALL');
    const since = performance.now();
    const { status } = await ready();
    return status === 200 && performance.now() - since > 800;
  });
});

it('/health/ready is down while MongoDB is away', async () => {
  const uri = new URL(uniqueDatabase());
  const proxy = await TcpProxy.start(Number(uri.port));
  uri.port = String(proxy.port);
  uri.search = '?directConnection=true'; // otherwise the driver would find the members of the replica set beside the proxy
  test = await startTestApp({ MONGODB_URI: uri.href });
  await untilReady();
  proxy.cut();
  expect(await ready()).toMatchObject({ status: 503, down: ['mongodb'] });
  expect(await live()).toBe(200);
  proxy.mend();
  await untilReady();
  await test.close();
  await proxy.stop();
});

it('/health/ready is down while enqueues are refused without a view, although the stores answer', async () => {
  test = await startTestApp({ ...HURRIED, ROLE: 'api' });
  await untilReady();
  const user = await ApiUser.register(test.url);
  const enqueue = async () => (await user.call('POST', '/enqueue', { type: 'echo', payload: 1 })).status;
  const client = await MongoClient.connect(test.mongodbUri);
  try {
    await client.db().renameCollection('view', 'hidden');
    await until('the view has ended', async () => (await ready()).status === 503);
    expect((await ready()).down).toEqual(['queues']);
    expect(await enqueue()).toBe(503);
    await client.db().renameCollection('hidden', 'view');
    await untilReady();
    expect(await enqueue()).toBe(202);
  } finally {
    await client.close();
  }
});

it('/health/ready is down once the process is shutting down, and answers with a problem', async () => {
  test = await startTestApp();
  test.app.get(Shutdown).leave();
  const answer = await fetch(`${test.url}/health/ready`);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(await answer.json()).toMatchObject({
    status: 503,
    code: 'unavailable',
    detail: expect.stringMatching(/^This process is not ready \(process: .+\)\.$/),
    error: { process: { status: 'down' } },
  });
  expect(await live()).toBe(200);
});
