/** The built program on a Redis Cluster of real servers. */
import { ApiUser, AppCluster } from '../../support/cluster';
import { scrape } from '../../support/metrics';
import { RecordingTarget, violations } from '../../support/recording-target';
import { RedisCluster } from '../../support/redis-cluster';
import { until } from '../../support/until';

const CUSTOMERS = Array.from({ length: 200 }, (_, i) => `customer-${i}`);
const EACH = 5;

let redis: RedisCluster;
let cluster: AppCluster;
let target: RecordingTarget;
let urls: string[];
let key: ApiUser;
let admin: ApiUser;

async function start(replicasOfEach: number): Promise<void> {
  redis = await RedisCluster.start({ replicasOfEach });
  target = await RecordingTarget.start(() => 200, 5);
  cluster = await AppCluster.start({
    REDIS_URL: redis.url,
    QUEUE_SHARDS: '16',
    HTTP_RATE_LIMIT: '0',
  });
  const apps = await Promise.all([cluster.process('all'), cluster.process('all')]);
  urls = apps.map(({ url }) => url);
  admin = await cluster.admin(urls[0]!);
  const answer = await admin.call('POST', '/auth/api-keys', { name: 'company', scopes: ['act-as'] });
  key = ApiUser.withKey(urls[0]!, ((await answer.json()) as { key: string }).key);
}
afterEach(async () => {
  await cluster.stop();
  await target.stop();
  await redis.stop();
});

/** Enqueues for all customers at once, in order for each. */
async function enqueueAll(from: number): Promise<void> {
  await Promise.all(
    CUSTOMERS.map(async (user, i) => {
      const by = ApiUser.withKey(urls[i % 2]!, key.token);
      for (let index = from; index < from + EACH; index++) {
        const request = { type: 'http', payload: { url: target.url, body: { user, index } } };
        await by.enqueue(request, { 'turnwise-user': user });
      }
    }),
  );
}

/** Expects that every request was delivered, in order and one at a time for each customer. */
async function expectAll(count: number): Promise<void> {
  const delivered = (user: string) => new Set(target.of(user).map(({ index }) => index)).size;
  await until('all are delivered', () => CUSTOMERS.every((user) => delivered(user) === count));
  for (const user of CUSTOMERS) expect([user, violations(target.of(user))]).toEqual([user, []]);
}

/** The epochs of the shards; a rebuild raises the epoch of its shard. */
const epochs = async () => {
  const { shards } = await admin.get<{ shards: { epoch: number }[] }>('/admin/overview');
  return shards.map(({ epoch }) => epoch);
};
const recoveries = async () => {
  const values = await Promise.all(urls.map((url) => scrape(url)));
  return values.reduce((sum, value) => sum + value('turnwise_shard_recoveries_total'), 0);
};

it('a cluster serves all shards, loads the scripts on a node without a rebuild, and continues while slots move', async () => {
  await start(0);
  await enqueueAll(0);
  await expectAll(EACH);
  const before = await recoveries();
  const again = enqueueAll(EACH);
  for (const { client } of redis.masters) await client.script('FLUSH');
  await again;
  await expectAll(2 * EACH);
  expect(await recoveries()).toBe(before);

  const moving = enqueueAll(2 * EACH);
  for (const shard of [0, 5, 11]) {
    const from = await redis.masterOf(`{tw${shard}}`);
    await redis.move(`{tw${shard}}`, redis.masters[(redis.masters.indexOf(from) + 1) % 3]!);
  }
  await moving;
  await expectAll(3 * EACH);
  const taught = target.calls.filter(({ index }) => index < 2 * EACH);
  expect(taught.length).toBe(CUSTOMERS.length * 2 * EACH);
});

it('the death of a master rebuilds its shards, and no others', async () => {
  await start(1);
  await enqueueAll(0);
  await expectAll(EACH);
  const before = await epochs();
  const again = enqueueAll(EACH);
  const victim = redis.masters[0]!;
  const masters = await Promise.all(before.map((_, shard) => redis.masterOf(`{tw${shard}}`)));
  await victim.server.kill();
  await again;
  await expectAll(2 * EACH);
  const after = await epochs();
  const rebuilt = after.map((epoch, shard) => epoch > before[shard]!);
  expect(rebuilt).toEqual(masters.map((master) => master === victim));
});

it('a full master refuses new requests of its shards only; a process is ready while half of the shards take some', async () => {
  await start(0);
  const masters = await Promise.all(Array.from({ length: 16 }, (_, shard) => redis.masterOf(`{tw${shard}}`)));
  const shown = async (url = urls[0]!) => {
    const answer = await fetch(`${url}/health/ready`);
    const { details } = (await answer.json()) as {
      details: { queues: { status: string; message?: string } };
    };
    const { status, message = 'all' } = details.queues;
    return `${answer.status} ${status}: ${message}`;
  };
  /** A node that does not answer in time counts as one that takes no requests. */
  const untilShown = (state: string, url?: string) =>
    until(`it shows ${state}`, async () => (await shown(url)) === state);
  const enqueued = async () => {
    const calls = CUSTOMERS.slice(0, 40).map((user) =>
      key.call('POST', '/enqueue', { type: 'echo', payload: 1 }, { 'turnwise-user': user }),
    );
    return new Set((await Promise.all(calls)).map(({ status }) => status));
  };
  await untilShown('200 up: all');
  const [first, second] = redis.masters;
  const fill = (node: typeof first, maxmemory: string) => node!.client.config('SET', 'maxmemory', maxmemory);

  await fill(first, '1');
  const without = (...full: typeof masters) =>
    `${masters.filter((master) => !full.includes(master)).length} of 16 shards take requests`;
  await untilShown(`200 degraded: ${without(first!)}`);
  const { url } = await cluster.process('api');
  await untilShown(`200 degraded: ${without(first!)}`, url);
  expect(await enqueued()).toEqual(new Set([202, 503]));
  await fill(second, '1');
  await untilShown(`503 down: ${without(first!, second!)}`);
  for (const node of [first, second]) await fill(node, '0');
  await untilShown('200 up: all');
  await until('all are accepted', async () => [...(await enqueued())].join() === '202');
});
