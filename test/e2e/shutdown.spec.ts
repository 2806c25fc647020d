/** A process with all roles that is told to end while a handler has its grace. */
import { ApiUser, AppCluster } from '../support/cluster';
import { EventReader } from '../support/event-reader';
import { until } from '../support/until';

jest.setTimeout(60_000);

let cluster: AppCluster;
beforeAll(async () => {
  cluster = await AppCluster.start({ SHUTDOWN_GRACE_MS: '50000' });
});
afterAll(() => cluster.stop());

it('answers at once those who wait for something, whatever still runs', async () => {
  const { app, url } = await cluster.process('all');
  const admin = await cluster.admin(url);
  await admin.call('PUT', '/admin/types/render', { external: true });
  const made = await admin.call('POST', '/auth/api-keys', { name: 'worker', scopes: ['work'] });
  const worker = ApiUser.withKey(url, ((await made.json()) as { key: string }).key);
  const events = await EventReader.open(admin);
  const id = await admin.enqueue({ type: 'sleep', payload: { ms: 600_000 } });
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
