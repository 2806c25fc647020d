/** What admins see and change. */
import type { AppProcess } from '../../support/app-process';
import { ApiUser, AppCluster } from '../../support/cluster';
import { ended, requestOf } from '../../support/enqueued';
import { until, untilHolds } from '../../support/until';

let cluster: AppCluster;
let url: string;
let app: AppProcess;
let admin: ApiUser;
let user: ApiUser;
let id: string;

beforeAll(async () => {
  cluster = await AppCluster.start();
  ({ app, url } = await cluster.process('all'));
  admin = await cluster.admin(url);
});
beforeEach(async () => {
  user = await ApiUser.register(url);
  ({ id } = await user.get<{ id: string }>('/auth/me'));
});
afterAll(() => cluster.stop());

const echo = { type: 'echo', payload: 1 };
const limit = (limits: object) => admin.does('PUT', `/admin/users/${id}/limits`, limits);

it('an admin finds users by the start of their email address, page by page', async () => {
  const { items } = await admin.get<{ items: { id: string; email: string }[] }>(
    `/admin/users?q=${user.email.slice(0, 12)}`,
  );
  expect(items).toMatchObject([{ id, email: user.email }]);
  const first = await admin.get<{ items: { id: string }[]; nextCursor: string }>('/admin/users?limit=1');
  const second = await admin.get<{ items: { id: string }[] }>(
    `/admin/users?limit=1&cursor=${first.nextCursor}`,
  );
  expect(first.items[0]?.id).toBe(id);
  expect(second.items[0]?.id).not.toBe(id);
});

it('an admin finds customers with the same id by the email addresses of their accounts', async () => {
  const owners = [admin, await cluster.admin(url)];
  const customerId = `same-${id}`;
  for (const owner of owners) {
    const body = { name: 'shop', scopes: ['act-as'] };
    const { key } = await owner.does<{ key: string }>('POST', '/auth/api-keys', body);
    const shop = ApiUser.withKey(url, key);
    await shop.enqueue(echo, { 'turnwise-user': customerId });
  }
  const { items } = await admin.get<{ items: object[] }>(`/admin/users?q=${customerId}`);
  const customer = { kind: 'customer', customerId, email: null };
  expect(items).toMatchObject(owners.reverse().map(({ email }) => ({ ...customer, ownerEmail: email })));
});

it("an admin reads, pauses, resumes and empties a user's queue", async () => {
  await admin.does('POST', `/admin/users/${id}/queue/pause`);
  const waiting = await user.enqueue(echo);
  expect(await admin.get(`/admin/users/${id}/queue`)).toMatchObject({ state: 'paused', depth: 1 });
  expect(await admin.does('DELETE', `/admin/users/${id}/queue/requests`)).toEqual({ cancelled: 1 });
  expect((await requestOf(user, waiting)).status).toBe('cancelled');
  await admin.does('POST', `/admin/users/${id}/queue/resume`);
  expect((await ended(user, await user.enqueue(echo))).status).toBe('succeeded');
});

it("an admin limits the depth of a user's queue", async () => {
  await user.does('POST', '/queue/pause');
  expect(await limit({ maxDepth: 1 })).toMatchObject({ limits: { maxDepth: 1 } });
  await user.enqueue(echo);
  const refused = await user.call('POST', '/enqueue', echo);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/)]);
  await limit({ maxDepth: null });
  await user.enqueue(echo);
});

it("an admin sees a user's named Bull queue as Bull counts it", async () => {
  const { id } = await user.get<{ id: string }>('/auth/me');
  await user.does('POST', '/queue/pause');
  for (const more of [{}, {}, { delayMs: 60_000 }]) await user.enqueue({ ...echo, ...more });
  expect(await admin.get(`/admin/users/${id}/queue`)).toMatchObject({
    state: 'paused',
    bull: {
      name: id,
      prefix: expect.stringMatching(/^\{tw\d+\}$/),
      counts: { waiting: 2, active: 0, delayed: 1 },
    },
  });
});

it('an admin limits how often requests of a user start', async () => {
  expect(await limit({ rate: { limit: 1, perMs: 60_000 } })).toMatchObject({
    limits: { rate: { limit: 1, perMs: 60_000 } },
  });
  await ended(user, await user.enqueue(echo));
  const second = await user.enqueue(echo);
  await untilHolds('the second waits', async () =>
    expect(await user.get('/queue')).toMatchObject({ state: 'waiting', nextDueAt: expect.any(String) }),
  );
  await limit({ rate: null });
  expect((await ended(user, second)).status).toBe('succeeded');
});

it.each([
  [{ maxDepth: -1 }, '/maxDepth'],
  [{ maxDepth: 'many' }, '/maxDepth'],
  [{ rate: { limit: 0, perMs: 1 } }, '/rate/limit'],
  [{ rate: 5 }, '/rate'],
  [{ color: 'red' }, '/color'],
])('PUT limits refuses %j', async (limits, pointer) => {
  const answer = await admin.call('PUT', `/admin/users/${id}/limits`, limits);
  const { errors } = (await answer.json()) as { errors: { pointer: string }[] };
  expect([answer.status, errors[0]?.pointer]).toEqual([422, pointer]);
});

it('the overview shows the whole service', async () => {
  const overview = () => admin.get<Record<string, unknown>>('/admin/overview');
  const own = { worker: app.worker, heartbeatAt: expect.any(String) };
  await untilHolds('the worker is free', async () =>
    expect((await overview())['workers']).toEqual([{ ...own, leases: 0 }]),
  );
  const id = await user.enqueue({ type: 'sleep', payload: { ms: 600_000 }, timeoutMs: 3_600_000 });
  const expected = {
    totals: {
      accounts: expect.any(Number),
      pendingRequests: expect.any(Number),
      servedUsers: expect.any(Number),
      retryingRequests: expect.any(Number),
      users: { busy: 1, due: 0, timed: expect.any(Number), stopped: expect.any(Number) },
    },
    lagMs: expect.any(Number),
    oldestHeadMs: expect.any(Number),
    shards: [0, 1, 2, 3].map((shard) => ({ shard, state: 'open' })),
    processes: [{ role: 'all', heartbeatAt: expect.any(String) }],
    workers: [{ ...own, leases: 1 }],
  };
  await untilHolds('it is shown', async () => expect(await overview()).toMatchObject(expected));
  await user.does('POST', `/requests/${id}/cancel`);
});

it('the overview counts users by state, and shows a head that fails again and again', async () => {
  interface Overview {
    readonly totals: { readonly users: Record<string, number> | null; readonly retryingRequests: number };
    readonly oldestHeadMs: number | null;
  }
  const overview = () => admin.get<Overview>('/admin/overview');
  let before!: Overview;
  await until('no user is served', async () => (before = await overview()).totals.users?.['busy'] === 0);
  const { timed, stopped } = before.totals.users!;
  await user.enqueue({ type: 'sleep', payload: { ms: 0, failTimes: 100 }, maxAttempts: 100 });
  const other = await ApiUser.register(url);
  await other.does('POST', '/queue/pause');
  await other.enqueue(echo);
  await untilHolds('both are counted', async () => {
    const { totals, oldestHeadMs } = await overview();
    expect(totals).toMatchObject({
      users: { timed: timed! + 1, stopped: stopped! + 1 },
      retryingRequests: before.totals.retryingRequests + 1,
    });
    expect(oldestHeadMs).toBeGreaterThan(0);
  });
  await user.does('DELETE', '/queue/requests');
});

it('the overview shows null, never 0, for unknown numbers', async () => {
  const shows = (expected: object) =>
    untilHolds('it is shown', async () => expect(await admin.get('/admin/overview')).toMatchObject(expected));
  await shows({ totals: { waitingUsers: expect.any(Number), servedUsers: expect.any(Number) } });
  await cluster.redis.kill();
  try {
    await shows({
      totals: { pendingRequests: expect.any(Number), waitingUsers: null, servedUsers: null, users: null },
      lagMs: null,
      oldestHeadMs: null,
      shards: [0, 1, 2, 3].map((shard) => ({ shard, state: 'closed' })),
      workers: [{ worker: app.worker, leases: null }],
    });
  } finally {
    await cluster.redis.restart();
  }
});

it('admin routes answer 404 for unknown users, and 403 to users who are not admins', async () => {
  expect((await admin.call('GET', '/admin/users/nobody/queue')).status).toBe(404);
  expect((await admin.call('PUT', '/admin/users/nobody/limits', {})).status).toBe(404);
  for (const path of ['/admin/overview', '/admin/stuck', '/admin/users', `/admin/users/${id}/queue`])
    expect([path, (await user.call('GET', path)).status]).toEqual([path, 403]);
});

it('demoting an admin takes their rights at once', async () => {
  const former = await cluster.admin(typeof admin.url === 'string' ? admin.url : admin.url());
  expect((await former.call('GET', '/admin/overview')).status).toBe(200);
  await cluster.command('demote', former.email);
  expect((await former.call('GET', '/admin/overview')).status).toBe(403);
});

it('promote says that a user does not exist', async () => {
  await expect(cluster.command('promote', 'nobody@example.com')).rejects.toThrow('There is no account');
});
