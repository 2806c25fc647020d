/** What the API shows of users whose worker is killed, until another worker serves them and after. */
import type { AppProcess } from '../support/app-process';
import { ApiUser, AppCluster } from '../support/cluster';
import { ended, requestOf } from '../support/enqueued';
import { scrape } from '../support/metrics';
import { until } from '../support/until';

const USERS = 6;

interface Overview {
  readonly totals: { readonly pendingRequests: number; waitingUsers: number; servedUsers: number };
  readonly shards: readonly { readonly state: string }[];
  readonly workers: readonly { readonly worker: string; readonly leases: number }[];
}
interface QueueView {
  readonly state: string;
  readonly depth: number;
  readonly running?: { readonly id: string };
}

let cluster: AppCluster;
let url: string;
let admin: ApiUser;

beforeEach(async () => {
  cluster = await AppCluster.start();
  ({ url } = await cluster.process('api'));
  admin = await cluster.admin(url);
});
afterEach(() => cluster.stop());

/** The workers that serve a user. */
async function overview() {
  const { workers, ...rest } = await admin.get<Overview>('/admin/overview');
  return { ...rest, workers: workers.filter(({ leases }) => leases > 0) };
}

/** What a process reports of the whole cluster to Prometheus. */
async function gauges() {
  const value = await scrape(url);
  return { pending: value('turnwise_pending_users'), leased: value('turnwise_leased_users') };
}

it('the API counts each user once, as waiting or as served, before, during and after the loss of their worker', async () => {
  const { app: doomed } = await cluster.process('worker');
  const users = await Promise.all(Array.from({ length: USERS }, () => ApiUser.register(url)));
  const pairs = await Promise.all(
    users.map(async (user) => ({
      user,
      first: await user.enqueue({ type: 'sleep', payload: { ms: 600_000 }, timeoutMs: 3_600_000 }),
      second: await user.enqueue({ type: 'echo', payload: null }),
    })),
  );
  /** Whether the overview and the gauges count every user once, as served by this worker alone. */
  const isServedBy = async ({ worker }: AppProcess) => {
    const { totals, workers } = await overview();
    const { pendingRequests, waitingUsers, servedUsers } = totals;
    const [only, ...others] = workers;
    if (only?.worker !== worker || only.leases !== USERS || others.length > 0) return false;
    if (pendingRequests !== 2 * USERS || waitingUsers !== 0 || servedUsers !== USERS) return false;
    const { pending, leased } = await gauges();
    return pending === 0 && leased === USERS;
  };

  await until('all are served', () => isServedBy(doomed));
  const { app: heir, url: heirUrl } = await cluster.process('worker');
  await until('all are still served by the first', () => isServedBy(doomed));

  doomed.signal('SIGKILL');
  await until('all are served again', async () => {
    const { totals, shards } = await overview();
    // A shard that was not read in time is shown as closed, and the sums and gauges are unknown.
    if (shards.some(({ state }) => state !== 'open')) return false;
    expect(totals.pendingRequests).toBe(2 * USERS);
    expect(totals.waitingUsers + totals.servedUsers).toBe(USERS);
    const { pending, leased } = await gauges();
    if (Number.isNaN(pending + leased)) return false;
    expect(pending + leased).toBe(USERS);
    for (const { user, first } of pairs) {
      const { depth, running } = await user.get<QueueView>('/queue');
      expect([depth, running?.id ?? first]).toEqual([2, first]);
    }
    return isServedBy(heir);
  });
  for (const { user, first } of pairs) {
    expect(await user.get('/queue')).toMatchObject({ state: 'busy', running: { id: first }, depth: 2 });
    await until(
      'the lost attempt is on record',
      async () => (await requestOf(user, first)).attempts.length > 0,
    );
    expect((await requestOf(user, first)).attempts).toMatchObject([
      { outcome: 'lost', worker: doomed.worker },
    ]);
  }
  const lost = async () => (await scrape(heirUrl))('turnwise_leases_lost_total');
  await until('every lost lease is counted', async () => (await lost()) >= USERS);
  expect(await lost()).toBe(USERS);

  for (const { user, first } of pairs)
    expect((await user.call('POST', `/requests/${first}/cancel`)).status).toBe(200);
  for (const { user, second } of pairs)
    expect(await ended(user, second)).toMatchObject({ status: 'succeeded' });
  await until('no user is served', async () => (await gauges()).leased === 0);
  await until('nothing is pending', async () => {
    const { totals, workers } = await overview();
    const { pendingRequests, waitingUsers, servedUsers } = totals;
    return pendingRequests === 0 && waitingUsers === 0 && servedUsers === 0 && workers.length === 0;
  });
  for (const { user } of pairs) expect(await user.get('/queue')).toMatchObject({ state: 'idle', depth: 0 });
});
