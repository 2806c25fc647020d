/** Redis fails over to its replica and back again, and loses what it had confirmed in between. */
import { RedisPair } from '../chaos/redis-pair';
import { ApiUser, AppCluster } from '../support/cluster';
import { ended } from '../support/enqueued';
import { scrape } from '../support/metrics';
import { RecordingTarget, violations } from '../support/recording-target';
import { TcpProxy } from '../support/tcp-proxy';
import { until } from '../support/until';

const SHARDS = 4;
/** Requests that are enqueued and delivered during the whole test. */
const FLOWING = 100;

let pair: RedisPair;
let proxy: TcpProxy;
let cluster: AppCluster;
let target: RecordingTarget;
let url: string;

beforeEach(async () => {
  pair = await RedisPair.start();
  proxy = await TcpProxy.start(pair.port);
  const REDIS_URL = `redis://127.0.0.1:${proxy.port}`;
  cluster = await AppCluster.start({ REDIS_URL, QUEUE_SHARDS: `${SHARDS}` });
  target = await RecordingTarget.start(() => 200);
  ({ url } = await cluster.process('all'));
  await until('every shard is open', async () => (await recoveries()) >= SHARDS);
});
afterEach(async () => {
  await target.stop();
  await cluster.stop();
  await proxy.stop();
  await pair.stop();
});

const deliver = (by: ApiUser, user: string, index: number) =>
  by.enqueue({ type: 'http', payload: { url: target.url, body: { user, index } } });
const delivered = (user: string) => target.of(user).map(({ index }) => index);

const recoveries = async () => (await scrape(url))('turnwise_shard_recoveries_total');

/** B becomes the primary, and every shard is rebuilt there. */
async function failOver(): Promise<void> {
  const rebuilt = (await recoveries()) + SHARDS;
  await pair.promote();
  proxy.leadTo(pair.port);
  await until('B is rebuilt', async () => (await recoveries()) >= rebuilt);
}

/** Ways to return to A that lose what `act` writes to B. */
const WAYS: Record<string, (act: () => Promise<void>) => Promise<void>> = {
  /** A has an epoch from before B, and the replication ID under which that epoch was opened. */
  'A as it was left': async (act) => {
    pair.holdBack();
    await failOver();
    await act();
    pair.goBack();
  },
  /** A has B's epoch, and a new replication ID. */
  'A as a replica of B that was cut off': async (act) => {
    await failOver();
    await pair.follow();
    pair.holdBack();
    await act();
    await pair.promote();
  },
};

it.each(Object.keys(WAYS))(
  'Turnwise loses nothing and keeps the order when Redis fails over from A to B and to %s',
  async (way) => {
    const [user, other] = [await ApiUser.register(url), await ApiUser.register(url)];
    expect((await user.call('POST', '/queue/pause')).status).toBe(200);
    const ids = [await deliver(user, 'paused', 0), await deliver(user, 'paused', 1)];
    const flowing = (async () => {
      for (let index = 0; index < FLOWING; index++) await deliver(other, 'flowing', index);
    })();
    await until('deliveries are under way', () => delivered('flowing').length > 5);
    let before = 0;
    await WAYS[way]!(async () => {
      ids.push(await deliver(user, 'paused', 2), await deliver(user, 'paused', 3));
      before = await recoveries();
    });
    for (const id of ids.slice(2)) expect(await pair.client.keys(`*:${id}`)).toEqual([]);
    proxy.leadTo(pair.port);
    ids.push(await deliver(user, 'paused', 4));
    expect(await recoveries()).toBeGreaterThan(before);
    expect(delivered('paused')).toEqual([]);

    expect((await user.call('POST', '/queue/resume')).status).toBe(200);
    const views = [];
    for (const id of ids) views.push(await ended(user, id));
    expect(views.map(({ status }) => status)).toEqual(ids.map(() => 'succeeded'));
    const seqs = views.map(({ seq }) => seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    expect(delivered('paused')).toEqual([0, 1, 2, 3, 4]);
    await flowing;
    await until('all have been delivered', () => new Set(delivered('flowing')).size === FLOWING);
    for (const each of ['paused', 'flowing']) expect(violations(target.of(each))).toEqual([]);
  },
);
