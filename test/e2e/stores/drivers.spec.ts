import { getConnectionToken } from '@nestjs/mongoose';
import { Connection, mongo } from 'mongoose';
import { DriverGauges } from '../../../src/events/driver-gauges';
import { RedisConnection } from '../../../src/stores/redis/redis-connection';
import { ApiUser } from '../../support/cluster';
import { scrape } from '../../support/metrics';
import { dropDatabase, uniqueDatabase } from '../../support/mongo-database';
import { startTestApp, TestApp } from '../../support/test-app';
import { until } from '../../support/until';

const POOL = 10;

interface TopologyVersion {
  readonly processId: object;
  readonly counter: number;
}

let test: TestApp;
const database = uniqueDatabase();
beforeAll(async () => {
  const uri = new URL(database);
  uri.searchParams.set('maxPoolSize', `${POOL}`);
  test = await startTestApp({ MONGODB_URI: uri.href, ROLE: 'api' });
});
afterAll(async () => {
  await test.close();
  await dropDatabase(database);
});

it('the gauges show the connections to MongoDB in use, and the calls that wait for one', async () => {
  const gauges = test.app.get(DriverGauges);
  const db = test.app.get<Connection>(getConnectionToken()).db!;
  const { processId, counter } = (await db.command({ hello: 1 }))['topologyVersion'] as TopologyVersion;
  const topologyVersion = { processId, counter: mongo.Long.fromNumber(counter) };
  // MongoDB answers once its topology changes, or the time is up: by then the last call must have been sent.
  const call = () => db.command({ hello: 1, topologyVersion, maxAwaitTimeMS: 8000 });
  const calls = Promise.all(Array.from({ length: POOL + 2 }, call));
  await until('the pool is full', () => {
    const { in_use, waiting } = gauges.read().mongodb;
    return in_use === POOL && waiting >= 2;
  });
  await calls;
  // The change stream uses one.
  await until('the others are idle', () => {
    const { in_use, idle, waiting } = gauges.read().mongodb;
    return in_use <= 2 && idle >= POOL - 2 && waiting === 0;
  });
});

it('the gauges show the commands that Redis has not answered', async () => {
  const gauges = test.app.get(DriverGauges);
  const { client } = test.app.get(RedisConnection);
  await test.redis.client().call('CLIENT', 'PAUSE', '1000', 'ALL');
  const answers = Promise.allSettled([client.ping(), client.ping()]);
  await until('both wait', () => gauges.read().redisUnanswered >= 2);
  await answers;
  await until('none waits', () => gauges.read().redisUnanswered === 0);
});

it('a scrape shows both drivers, and how many requests were ahead of an accepted one', async () => {
  const user = await ApiUser.register(test.url);
  await user.does('POST', '/queue/pause');
  for (const payload of [0, 1, 2]) await user.enqueue({ type: 'echo', payload });
  await user.enqueue({ type: 'echo', payload: 3, delayMs: 3_600_000 });
  const shown = await scrape(test.url);
  expect(shown('turnwise_mongodb_connections{state="idle"}')).toBeGreaterThan(0);
  expect(shown('turnwise_redis_unanswered_commands')).toBeGreaterThanOrEqual(0);
  const ahead = (le: string) => shown(`turnwise_accepted_position_bucket{le="${le}"}`);
  expect(['0', '1', '3', '+Inf'].map(ahead)).toEqual([1, 2, 3, 3]);
});
