/** What admins change about a user's queue and requests, and what stays of it. */
import type { AppProcess } from '../../support/app-process';
import { ApiUser, AppCluster } from '../../support/cluster';
import { ended, requestOf } from '../../support/enqueued';
import { problem } from '../../support/problem';
import { until } from '../../support/until';

interface QueueView {
  readonly state: string;
  readonly stoppedBy: readonly { readonly by: string; readonly since: string; readonly requestId?: string }[];
}

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
const failing = { type: 'sleep', payload: { ms: 0, failTimes: 1 }, maxAttempts: 1 };
const act = (path: string, body?: unknown) => admin.call('POST', `/admin/users/${id}${path}`, body);
const does = (path: string, body?: unknown) => admin.does('POST', `/admin/users/${id}${path}`, body);
const queue = () => user.get<QueueView>('/queue');
const closedShards = async () => (await admin.get<{ closedShards: number[] }>('/admin/stuck')).closedShards;
const stops = async () => (await queue()).stoppedBy.map(({ by }) => by);
const status = async (requestId: string) => (await requestOf(user, requestId)).status;

describe('a pause by an admin', () => {
  it('is not lifted by the user, who sees the reason', async () => {
    await does('/queue/pause');
    await user.does('POST', '/queue/pause');
    expect(await stops()).toEqual(['admin-pause', 'pause']);
    const waiting = await user.enqueue(echo);
    const refused = await user.call('POST', '/queue/resume');
    expect(refused.status).toBe(409);
    expect(await problem(refused)).toMatchObject({
      code: 'queue_stopped',
      detail: expect.stringContaining('only an admin can resume it') as string,
    });
    expect([await stops(), await status(waiting)]).toEqual([['admin-pause'], 'queued']);
    await does('/queue/resume');
    expect((await ended(user, waiting)).status).toBe('succeeded');
  });

  it('shows when it began, and the first of several pauses counts', async () => {
    await does('/queue/pause');
    const { stoppedBy } = await queue();
    await does('/queue/pause');
    expect((await queue()).stoppedBy).toEqual(stoppedBy);
    expect(stoppedBy).toEqual([{ by: 'admin-pause', since: expect.any(String) as string }]);
  });

  it("survives a loss of Redis, and changes to the user's settings", async () => {
    await does('/queue/pause');
    const waiting = await user.enqueue(echo);
    await cluster.redis.restart();
    await until('the queue is there again', async () => (await queue()).state === 'paused');
    await user.does('PATCH', '/queue', { onFailure: 'continue' });
    expect([await stops(), await status(waiting)]).toEqual([['admin-pause'], 'queued']);
    await does('/queue/resume');
    expect((await ended(user, waiting)).status).toBe('succeeded');
    // The next users may be in another shard.
    await until('every shard is open again', async () => (await closedShards()).length === 0);
  });

  it("ends together with the user's pause when an admin resumes", async () => {
    await user.does('POST', '/queue/pause');
    expect(await does('/queue/resume')).toMatchObject({ stoppedBy: [] });
  });
});

describe('a halted queue', () => {
  let culprit: string;
  let behind: string;
  beforeEach(async () => {
    await user.does('PATCH', '/queue', { onFailure: 'halt' });
    culprit = await user.enqueue(failing);
    await until('it is halted', async () => (await queue()).state === 'halted');
    behind = await user.enqueue(echo);
  });

  it.each([
    ['its user', () => user.call('POST', '/queue/resume')],
    ['an admin', () => act('/queue/resume')],
  ])('is not resumed by %s, who gets the ID of the request that halts it', async (_who, resume) => {
    const refused = await resume();
    expect([refused.status, await problem(refused)]).toMatchObject([
      409,
      { code: 'queue_stopped', detail: expect.stringContaining(culprit) as string },
    ]);
    expect((await queue()).stoppedBy).toEqual([
      { by: 'halt', since: expect.any(String) as string, requestId: culprit },
    ]);
  });

  it('continues when an admin dismisses the request', async () => {
    expect(await does(`/requests/${culprit}/dismiss`)).toMatchObject({ status: 'dismissed' });
    expect((await ended(user, behind)).status).toBe('succeeded');
  });

  it('continues with the request when an admin retries it', async () => {
    await does(`/requests/${culprit}/retry`);
    await until('it has failed again', async () => (await requestOf(user, culprit)).attempts.length > 1);
  });

  it('continues when an admin dismisses all failed requests', async () => {
    expect(await does('/requests/dismiss', { filter: { type: 'sleep' } })).toEqual({ count: 1 });
    expect((await ended(user, behind)).status).toBe('succeeded');
  });
});

it("an admin reads, finds and cancels a user's requests", async () => {
  const running = await user.enqueue({ type: 'sleep', payload: { ms: 600_000 }, timeoutMs: 3_600_000 });
  const next = await user.enqueue({ ...echo, tags: ['next'] });
  const list = await admin.get<{ items: { id: string }[] }>(`/admin/users/${id}/requests?tag=next`);
  expect(list.items.map((each) => each.id)).toEqual([next]);
  await until('it runs', async () => (await status(running)) === 'active');
  expect(await admin.get(`/admin/users/${id}/requests/${running}`)).toMatchObject({ status: 'active' });
  expect(await (await act(`/requests/${running}/cancel`)).json()).toMatchObject({ status: 'cancelled' });
  expect((await ended(user, next)).status).toBe('succeeded');
});

it.each(['cancel', 'retry', 'dismiss'])(
  'a preview by an admin counts, and changes nothing, like one by the user: %s',
  async (decision) => {
    const failed = await user.enqueue(failing);
    await ended(user, failed);
    await user.does('POST', '/queue/pause');
    const waiting = await user.enqueue(echo);
    const [path, preview] = [`/requests/${decision}`, { filter: {}, preview: true }];
    for (const answer of [await does(path, preview), await user.does('POST', path, preview)])
      expect(answer).toEqual({ count: 1 });
    expect([await status(failed), await status(waiting)]).toEqual(['failed', 'queued']);
  },
);

it('an admin finds the requests of the named user only', async () => {
  const other = await ApiUser.register(url);
  const theirs = await other.enqueue(echo);
  expect((await admin.call('GET', `/admin/users/${id}/requests/${theirs}`)).status).toBe(404);
  expect((await act(`/requests/${theirs}/cancel`)).status).toBe(404);
  expect((await admin.call('GET', '/admin/users/nobody/requests')).status).toBe(404);
  expect((await user.call('GET', `/admin/users/${id}/requests`)).status).toBe(403);
});

it('the log has every change with its actor, also if it was refused, and nothing else', async () => {
  const me = await admin.get<{ id: string }>('/auth/me');
  for (const method of ['GET', 'HEAD'])
    expect((await admin.call(method, `/admin/users/${id}/queue`)).status).toBe(200);
  expect((await act('/requests/cancel', { filter: {}, preview: true })).status).toBe(200);
  await does('/queue/pause');
  expect((await act('/requests/nothing/cancel')).status).toBe(404);
  const lines = () => app.lines('admin.action').filter(({ params }) => (params as { id: string }).id === id);
  await until('both are logged', () => lines().length === 2);
  const actor = { actor: me.id, credential: 'session', address: '127.0.0.1' };
  expect(lines()).toMatchObject([
    { ...actor, action: 'POST /admin/users/:id/queue/pause', params: { id }, outcome: 'done' },
    {
      ...actor,
      action: 'POST /admin/users/:id/requests/:requestId/cancel',
      params: { id, requestId: 'nothing' },
      outcome: 'not_found',
    },
  ]);
});
