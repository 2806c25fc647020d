/** A process with all roles is told to end while a handler has its grace period. */
import { ApiUser, AppCluster } from '../support/cluster';
import { EventReader } from '../support/event-reader';
import { until } from '../support/until';

let cluster: AppCluster;
beforeAll(async () => {
  cluster = await AppCluster.start({ SHUTDOWN_GRACE_MS: '50000' });
});
afterAll(() => cluster.stop());

/** The workers that a wake-up for a user can reach. */
async function sleepers(): Promise<string[]> {
  const redis = cluster.redis.client();
  const sets = await redis.keys('*:asleep');
  return (await Promise.all(sets.map((set) => redis.zrange(set, 0, -1)))).flat();
}

it('a process serves calls while it drains, leases no users, and ends at a second signal', async () => {
  const { app, url } = await cluster.process('all', undefined, { DRAIN_MS: '3600000' });
  const user = await ApiUser.register(url);
  const running = await user.enqueue({ type: 'sleep', payload: { ms: 3_600_000 }, timeoutMs: 3_600_000 });
  const status = async (id: string) => (await user.get<{ status: string }>(`/requests/${id}`)).status;
  await until('it runs', async () => (await status(running)) === 'active');
  await until('its worker sleeps', async () => (await sleepers()).includes(app.worker));
  app.signal('SIGTERM');
  await until('it is not ready', async () => (await fetch(`${url}/health/ready`)).status === 503);
  await until('it takes no turns', async () => !(await sleepers()).includes(app.worker));

  const other = await ApiUser.register(url); // on a new connection, like every call from now on
  const id = await other.enqueue({ type: 'echo', payload: null });
  expect((await other.call('GET', `/requests/${id}`)).headers.get('connection')).toBe('close');
  const waiting = other.get<{ status: string }>(`/requests/${id}?wait=60`);
  expect((await user.call('POST', `/requests/${running}/cancel`)).status).toBe(200);
  await until('the running request is cancelled', async () => (await status(running)) === 'cancelled');
  app.signal('SIGTERM');
  expect((await waiting).status).toBe('queued');
  expect(await app.ended).toBe(0);
});

it('a process that ends answers waiting calls at once, although a handler runs', async () => {
  const { app, url } = await cluster.process('all');
  const admin = await cluster.admin(url);
  await admin.does('PUT', '/admin/types/render', { external: true });
  const made = await admin.call('POST', '/auth/api-keys', { name: 'worker', scopes: ['work'] });
  const worker = ApiUser.withKey(url, ((await made.json()) as { key: string }).key);
  const events = await EventReader.open(admin);
  const id = await admin.enqueue({ type: 'sleep', payload: { ms: 600_000 }, timeoutMs: 3_600_000 });
  const status = async () => (await admin.get<{ status: string }>(`/requests/${id}`)).status;
  await until('it runs', async () => (await status()) === 'active');

  const waiting = admin.get<{ status: string }>(`/requests/${id}?wait=60`);
  const claiming = worker.call('POST', '/work/claim', { types: ['render'], waitMs: 60_000 });
  const redis = cluster.redis.client();
  await until('the claim waits', async () => (await redis.exists('{tw0}:asleep:x.render')) === 1);
  app.signal('SIGTERM');
  expect((await waiting).status).toBe('active');
  expect(await (await claiming).json()).toEqual({ items: [] });
  await until('the stream has ended', () => events.hasEnded);
  app.signal('SIGKILL');
});
