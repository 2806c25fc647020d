/** What happens to running requests when their worker is told to end, as in a rollout. */
import type { ServerResponse } from 'node:http';
import type { Redis } from 'ioredis';
import { ApiUser, AppCluster } from '../support/cluster';
import { ended, requestOf } from '../support/enqueued';
import { EventReader } from '../support/event-reader';
import { httpTarget, StubTarget } from '../support/stub-target';
import { until } from '../support/until';

/** ms: longer than the test, so that a request which is not handed back is not started again while it runs. */
const LEASE_MS = 120_000;
/** The number of dead workers that would fail a request. */
const ROLLOUTS = 3;

let cluster: AppCluster;
let redis: Redis;
let target: StubTarget;
/** Holds back the answers of the target. */
let open: ServerResponse[];

beforeEach(async () => {
  cluster = await AppCluster.start({
    ...{ LEASE_MS: `${LEASE_MS}`, VIEW_MS: `${LEASE_MS + 60_000}` },
    SHUTDOWN_GRACE_MS: '12000', // the short request ends in it, also on a busy machine
  });
  redis = cluster.redis.client();
  open = [];
  target = await httpTarget((_call, response) => open.push(response));
});
afterEach(async () => {
  await target.close();
  await cluster.stop();
});

/** The workers that a wake-up can reach. A worker that ends first leaves this set, and then waits for its handlers. */
async function sleepers(): Promise<string[]> {
  const sets = await redis.keys('*:asleep');
  return (await Promise.all(sets.map((set) => redis.zrange(set, 0, -1)))).flat();
}

it('a worker that ends finishes what it can and hands the rest to another, rollout after rollout', async () => {
  const { url } = await cluster.process('api');
  const [user, other] = [await ApiUser.register(url), await ApiUser.register(url)];
  const reader = await EventReader.open(user);
  let { app } = await cluster.process('worker');
  const long = await user.enqueue({
    type: 'sleep',
    payload: { ms: 600_000 },
    timeoutMs: 3_600_000,
    maxAttempts: 1,
  });
  const next = await user.enqueue({ type: 'echo', payload: null });
  const starts = () => reader.of(long).filter((event) => event === 'request.started').length;
  await until('it runs', () => starts() === 1);

  for (let rollout = 1; rollout <= ROLLOUTS; rollout++) {
    const short = await other.enqueue({ type: 'http', payload: { url: target.url } });
    await until('the short one runs', () => open.length === 1);
    await until('its worker sleeps', async () => (await sleepers()).includes(app.worker));
    const old = app;
    ({ app } = await cluster.process('worker'));
    old.signal('SIGTERM');
    await until('it takes nothing more', async () => !(await sleepers()).includes(old.worker));
    open.pop()!.end();
    expect(await old.ended).toBe(0);
    expect(await requestOf(other, short)).toMatchObject({
      status: 'succeeded',
      attempts: [{ number: 1, outcome: 'succeeded', worker: old.worker }],
    });
    await until('the other worker runs it', () => starts() === rollout + 1);
    expect(await requestOf(user, long)).toMatchObject({ status: 'active', attempts: [] });
    expect(await requestOf(user, next)).toMatchObject({ status: 'queued', position: 1 });
  }

  expect((await user.call('POST', `/requests/${long}/cancel`)).status).toBe(200);
  expect(await ended(user, next)).toMatchObject({ status: 'succeeded' });
  expect((await requestOf(user, long)).attempts).toMatchObject([
    { number: 1, outcome: 'cancelled', worker: app.worker },
  ]);
  expect(target.calls).toHaveLength(ROLLOUTS);
  expect(await user.get('/queue/audit')).toMatchObject({ clean: true, checked: 2 });
});
