/** The main promise: the built program on real stores, and a target that records every delivery. */
import { ApiUser, AppCluster } from '../support/cluster';
import { RecordingTarget, violations } from '../support/recording-target';
import { until } from '../support/until';

jest.setTimeout(180_000);

const USERS = Array.from({ length: 10 }, (_, i) => `user-${i}`);
const INDEXES = Array.from({ length: 12 }, (_, i) => i);
/** The fourth request of each user fails twice; the queue waits for it. */
const FOURTH_FAILS_TWICE = (index: number, n: number) => (index === 3 && n <= 2 ? 503 : 200);
const STARTS = [0, 1, 2, 3, 3, 3, 4, 5, 6, 7, 8, 9, 10, 11];

let cluster: AppCluster;
let target: RecordingTarget;

beforeEach(async () => {
  cluster = await AppCluster.start();
});
afterEach(async () => {
  await target.stop();
  await cluster.stop();
});

const request = (user: string, index: number) => ({
  type: 'http',
  payload: { url: target.url, body: { user, index } },
  backoff: { type: 'fixed', delayMs: 100 },
});

/** Registers the users and enqueues the requests of each in order, all users at once. */
async function enqueueAll(urls: readonly string[], indexes = INDEXES): Promise<Map<string, ApiUser>> {
  const users = await Promise.all(
    USERS.map(async (user, i) => [user, await ApiUser.register(urls[i % urls.length]!)] as const),
  );
  await Promise.all(
    users.map(async ([user, api]) => {
      for (const index of indexes) await api.enqueue(request(user, index));
    }),
  );
  return new Map(users);
}

const allEnded = (users: ReadonlyMap<string, ApiUser>, count: number) =>
  until('every request has succeeded', async () => {
    const pages = [...users.values()].map((api) =>
      api.get<{ items: unknown[] }>('/requests?status=succeeded&limit=200'),
    );
    return (await Promise.all(pages)).every(({ items }) => items.length === count);
  });

/** The largest number of users served at the same moment. */
function mostAtOnce(): number {
  return Math.max(
    ...target.calls.map(({ startedAt }) => {
      const open = target.calls.filter((call) => call.startedAt <= startedAt && call.endedAt > startedAt);
      return new Set(open.map(({ user }) => user)).size;
    }),
  );
}

it.each([
  ['one process', ['all']],
  ['an API and three workers', ['api', 'worker', 'worker', 'worker']],
] as const)(
  "each user's requests are delivered one at a time, and different users at once: %s",
  async (_name, roles) => {
    target = await RecordingTarget.start(FOURTH_FAILS_TWICE);
    const [first] = await Promise.all(roles.map((role) => cluster.process(role)));
    const users = await enqueueAll([first!.url]);
    await allEnded(users, INDEXES.length);
    for (const user of USERS) {
      expect(target.of(user).map(({ index }) => index)).toEqual(STARTS);
      expect(violations(target.of(user))).toEqual([]);
    }
    expect(mostAtOnce()).toBeGreaterThan(1);
  },
);

it('another worker runs the requests of a killed one again, in order', async () => {
  target = await RecordingTarget.start(FOURTH_FAILS_TWICE, 100);
  const [api, doomed] = await Promise.all([cluster.process('api'), cluster.process('worker')]);
  const enqueued = enqueueAll([api.url]);
  // While it is the only worker, it is certain that it holds users.
  await until('deliveries are under way', () => target.calls.length > 20);
  const others = Promise.all([cluster.process('worker'), cluster.process('worker')]);
  doomed.app.signal('SIGKILL');
  await others;
  const users = await enqueued;
  await allEnded(users, INDEXES.length);
  for (const user of USERS) expect(violations(target.of(user))).toEqual([]);
  const requests = await Promise.all(
    [...users.values()].map((api) =>
      api.get<{ items: { attempts: { outcome: string; worker: string }[] }[] }>('/requests?limit=200'),
    ),
  );
  const lost = requests
    .flatMap(({ items }) => items.flatMap(({ attempts }) => attempts))
    .filter(({ outcome }) => outcome === 'lost');
  expect(lost.length).toBeGreaterThan(0);
  expect(new Set(lost.map(({ worker }) => worker)).size).toBe(1);
});

it.each(['FLUSHALL', 'kill -9'] as const)(
  'nothing is lost and the order is kept when Redis is lost: %s',
  async (how) => {
    target = await RecordingTarget.start(() => 200, 5);
    const [one, two] = await Promise.all([cluster.process('all'), cluster.process('all')]);
    const indexes = Array.from({ length: 100 }, (_, i) => i);
    const enqueued = enqueueAll([one.url, two.url], indexes);
    await until('the work is half done', () => target.calls.length > 300);
    if (how === 'FLUSHALL') await cluster.redis.client().flushall();
    else await cluster.redis.killAndRestart();
    const users = await enqueued;
    await allEnded(users, indexes.length);
    for (const user of USERS) {
      expect(violations(target.of(user))).toEqual([]);
      expect(new Set(target.of(user).map(({ index }) => index)).size).toBe(indexes.length);
    }
  },
);

it('a worker that ends leaves the sleepers, so that no wake-up goes to it', async () => {
  target = await RecordingTarget.start(() => 200);
  const worker = await cluster.process('worker');
  const redis = cluster.redis.client();
  const sleepers = async () =>
    (await Promise.all([0, 1, 2, 3].map((shard) => redis.zcard(`{tw${shard}}:asleep`)))).reduce(
      (a, b) => a + b,
    );
  await until('it sleeps on every shard', async () => (await sleepers()) === 4);
  worker.app.signal('SIGTERM');
  expect(await worker.app.ended).toBe(0);
  const steps = worker.app.lines('step.failed').map(({ step }) => step);
  expect(steps).not.toContain('leave the list of processes');
  expect(await sleepers()).toBe(0);
});

it('every process refuses a logged-out token at once', async () => {
  target = await RecordingTarget.start(() => 200);
  const [one, two] = await Promise.all([cluster.process('api'), cluster.process('api')]);
  const user = await ApiUser.register(one.url);
  expect((await user.call('GET', '/auth/me')).status).toBe(200);
  expect((await user.call('POST', '/auth/logout')).status).toBe(204);
  user.url = two.url;
  for (const path of ['/auth/me', '/requests', '/queue'])
    expect((await user.call('GET', path)).status).toBe(401);
});
