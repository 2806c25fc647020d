/** Queues broken on purpose: an admin finds each by its user and reason, and the named cure works. */
import type { AppProcess } from '../../support/app-process';
import { ApiUser, AppCluster } from '../../support/cluster';
import { ended, requestOf } from '../../support/enqueued';
import { heldTarget, httpTarget, StubTarget } from '../../support/stub-target';
import { until, untilHolds } from '../../support/until';

interface Stuck {
  readonly user: { readonly id: string };
  readonly reason: string;
  readonly since: string | null;
  readonly requestId: string | null;
  readonly cures: readonly {
    readonly method: string | null;
    readonly path: string | null;
    readonly body?: object;
  }[];
}
interface StuckList {
  readonly items: readonly Stuck[];
  readonly isComplete: boolean;
  readonly closedShards: readonly number[];
}

const echo = { type: 'echo', payload: 1 };
const long = { type: 'sleep', payload: { ms: 600_000 }, timeoutMs: 3_600_000 };
const RECENT = expect.stringMatching(/^20\d\d-/) as string;

let cluster: AppCluster;
let worker: AppProcess;
let url: string;
let admin: ApiUser;
let user: ApiUser;
let id: string;
/** Closed after each test. */
const targets: StubTarget[] = [];

beforeAll(async () => {
  cluster = await AppCluster.start({ WORKER_CONCURRENCY: '1' });
  ({ url } = await cluster.process('api'));
  await startWorker();
  admin = await cluster.admin(url);
});
beforeEach(async () => {
  user = await ApiUser.register(url);
  ({ id } = await user.get<{ id: string }>('/auth/me'));
});
afterEach(() => Promise.all(targets.splice(0).map((target) => target.close())));
afterAll(() => cluster.stop());

async function startWorker() {
  ({ app: worker } = await cluster.process('worker'));
}
async function endWorker() {
  worker.signal('SIGKILL');
  await worker.ended;
}

const list = (query = 'longerThanMs=0') => admin.get<StuckList>(`/admin/stuck?${query}`);
const find = async () => (await list()).items.find((item) => item.user.id === id);
/** Waits until the user is listed for this reason. */
async function listed(reason: string): Promise<Stuck> {
  let found: Stuck | undefined;
  await until(`${reason} is listed`, async () => (found = await find())?.reason === reason);
  return found!;
}
/** Makes the call that the list names. */
const cure = ({ cures: [first] }: Stuck) => admin.does(first!.method!, first!.path!, first!.body);
const active = (requestId: string) =>
  until('it runs', async () => (await requestOf(user, requestId)).status === 'active');
const succeeds = async (requestId: string) => expect((await ended(user, requestId)).status).toBe('succeeded');

it('the list of stuck users leaves out users whose queues move', async () => {
  await succeeds(await user.enqueue(echo));
  // A worker records the end in MongoDB before it settles the request in Redis.
  await until('it is not listed', async () => (await find()) === undefined);
});

it('an admin finds and cures a queue that its user has paused', async () => {
  await user.does('POST', '/queue/pause');
  const waiting = await user.enqueue(echo);
  const stuck = await listed('paused');
  expect(stuck).toMatchObject({
    user: { id, kind: 'account', email: user.email, customerId: null },
    ...{ requestId: waiting, since: RECENT, headAgeMs: expect.any(Number) as number },
    ...{ why: 'The user has paused the queue.', attemptsMade: null, worker: null },
  });
  await cure(stuck);
  await succeeds(waiting);
});

it('an admin finds and cures a queue that an admin has paused', async () => {
  await admin.does('POST', `/admin/users/${id}/queue/pause`);
  const waiting = await user.enqueue(echo);
  const stuck = await listed('paused_by_admin');
  expect(stuck.since).toEqual(RECENT);
  await cure(stuck);
  await succeeds(waiting);
});

it('an admin finds and cures a halted queue, and sees which request halts it', async () => {
  await user.does('PATCH', '/queue', { onFailure: 'halt' });
  const culprit = await user.enqueue({ type: 'sleep', payload: { ms: 0, failTimes: 1 }, maxAttempts: 1 });
  const behind = await user.enqueue(echo);
  const stuck = await listed('halted');
  expect(stuck).toMatchObject({ requestId: culprit, since: RECENT });
  await cure(stuck);
  await succeeds(behind);
});

it('an admin finds and cures a head that a broken target fails again and again', async () => {
  const target = await httpTarget((_, response) => void response.writeHead(500).end());
  targets.push(target);
  const culprit = await user.enqueue({
    ...{ type: 'http', payload: { url: target.url }, maxAttempts: 20 },
    backoff: { type: 'fixed', delayMs: 3_600_000 },
  });
  const behind = await user.enqueue(echo);
  const stuck = await listed('retrying');
  const [first] = (await requestOf(user, culprit)).attempts;
  expect(stuck).toMatchObject({
    ...{ requestId: culprit, since: first!.startedAt, lane: 'main' },
    attemptsMade: 1,
    lastError: { code: 'http_500' },
    nextAttemptAt: RECENT,
  });
  await cure(stuck);
  await succeeds(behind);
});

it('an admin finds and cures a long attempt', async () => {
  const running = await user.enqueue(long);
  const behind = await user.enqueue(echo);
  await active(running);
  const stuck = await listed('runs_long');
  expect(stuck).toMatchObject({ requestId: running, since: RECENT, worker: worker.worker });
  await cure(stuck);
  await succeeds(behind);
});

it('an admin finds and cures a queue that waits for its rate', async () => {
  await admin.does('PUT', `/admin/users/${id}/limits`, { rate: { limit: 1, perMs: 3_600_000 } });
  await succeeds(await user.enqueue(echo));
  const limited = await user.enqueue(echo);
  const stuck = await listed('limited');
  expect(stuck).toMatchObject({ requestId: limited, since: RECENT, nextAttemptAt: RECENT });
  await cure(stuck);
  await succeeds(limited);
});

it('the list of stuck users does not mistake a schedule or a backoff for a rate', async () => {
  await admin.does('PUT', `/admin/users/${id}/limits`, { rate: { limit: 100, perMs: 1_000 } });
  await user.enqueue({ ...echo, delayMs: 600_000 });
  await until('it is not listed', async () => (await find()) === undefined);
});

it('an admin finds a lane without a worker', async () => {
  await admin.does('PUT', '/admin/types/unserved', { external: true });
  const waiting = await user.enqueue({ type: 'unserved', payload: 1 });
  const stuck = await listed('no_worker');
  expect(stuck).toMatchObject({ requestId: waiting, since: RECENT, lane: 'x.unserved' });
  expect(stuck.cures).toMatchObject([
    { method: null, path: null, text: expect.stringContaining('claims the type unserved') as string },
  ]);
  const claim = { types: ['unserved'], waitMs: 20_000 };
  const { items } = await admin.does<{ items: { fencingToken: number }[] }>('POST', '/work/claim', claim);
  const { fencingToken } = items[0]!;
  await admin.does('POST', `/work/${waiting}/complete`, { fencingToken, result: 1 });
  await succeeds(waiting);
});

it('the list of stuck users distinguishes busy workers from missing ones', async () => {
  const other = await ApiUser.register(url);
  const running = await other.enqueue(long);
  await until('it runs', async () => (await requestOf(other, running)).status === 'active');
  const waiting = await user.enqueue(echo);
  expect(await listed('workers_busy')).toMatchObject({ requestId: waiting, lane: 'main' });
  await other.does('POST', `/requests/${running}/cancel`);
  await succeeds(waiting);
});

it('an admin finds and cures a queue that a dead worker has left', async () => {
  const target = await heldTarget();
  targets.push(target);
  const running = await user.enqueue({ type: 'http', payload: { url: target.url } });
  await active(running);
  const dead = worker.worker;
  await endWorker();
  target.release();
  const stuck = await listed('worker_lost');
  expect(stuck).toMatchObject({ requestId: running, worker: dead, since: RECENT });
  expect(stuck.cures).toMatchObject([
    { method: null, text: expect.stringContaining('Start a process') as string },
  ]);
  await startWorker();
  await succeeds(running);
});

it('the list of stuck users names the users of a closed shard', async () => {
  await user.does('POST', '/queue/pause');
  const waiting = await user.enqueue(echo);
  await cluster.redis.kill();
  const stuck = await listed('shard_closed');
  expect(stuck).toMatchObject({ user: { email: user.email }, requestId: waiting, since: RECENT, lane: null });
  await untilHolds('every shard is closed', async () =>
    expect(await list()).toMatchObject({ isComplete: false, closedShards: [0, 1, 2, 3] }),
  );
  await cluster.redis.restart();
  await cure(await listed('paused'));
  await succeeds(waiting);
  await until('all shards are open again', async () => (await list()).closedShards.length === 0);
});

it('the list of stuck users names customers as their account does', async () => {
  const { key } = await admin.does<{ key: string }>('POST', '/auth/api-keys', {
    name: 'shop',
    scopes: ['act-as'],
  });
  const shop = ApiUser.withKey(url, key);
  const as = { 'turnwise-user': 'customer-4711' };
  await shop.does('POST', '/queue/pause', undefined, as);
  await shop.enqueue(echo, as);
  const name = { kind: 'customer', email: admin.email, customerId: 'customer-4711' };
  await until('it is listed', async () =>
    (await list()).items.some(
      ({ user: { id: _, ...rest } }) => JSON.stringify(rest) === JSON.stringify(name),
    ),
  );
});

it('the list of stuck users says if there are more than it shows', async () => {
  for (const each of [user, await ApiUser.register(url)]) {
    await each.does('POST', '/queue/pause');
    await each.enqueue(echo);
  }
  const shown = async (query: string) => {
    const { items, isComplete } = await list(query);
    return [items.length, isComplete];
  };
  await untilHolds('one of two is listed', async () =>
    expect(await shown('longerThanMs=0&limit=1')).toEqual([1, false]),
  );
  await until('all are listed', async () => (await list()).isComplete);
});
