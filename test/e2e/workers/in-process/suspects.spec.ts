/** Requests that have killed two workers: each is tried in a process of its own, while other users are served. */
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { shardOf, tagOf } from '../../../../src/queue/keys';
import { AppProcess, untilLogged } from '../../../support/app-process';
import { ApiUser, AppCluster } from '../../../support/cluster';
import { scrape } from '../../../support/metrics';
import { httpTarget } from '../../../support/stub-target';
import { until } from '../../../support/until';

const BAD_HANDLERS = join(__dirname, '../../../support/programs/bad-handlers.js');
const SLOTS = 4;
const NEIGHBOURS = 15;
/** Requests of each neighbour while the suspect's attempt runs. */
const EACH = 10;
/** Memory of the processes, in MB: small, so that one runs out of it soon. */
const HEAP_MB = 150;

interface RequestView {
  readonly status: string;
  readonly error?: { readonly code: string };
  readonly result?: unknown;
  readonly attempts: readonly {
    readonly number: number;
    readonly outcome: string;
    readonly error?: { readonly code: string; readonly message: string };
  }[];
}

let cluster: AppCluster;
let api: string;
let released: () => void;
let held: Promise<void>;
let target: Awaited<ReturnType<typeof httpTarget>>;
beforeEach(async () => {
  const overrides = { WORKER_CONCURRENCY: `${SLOTS}` };
  cluster = await AppCluster.start({ ...overrides, NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}` });
  cluster.endsAreMeant = true;
  held = new Promise((resolve) => (released = resolve));
  target = await httpTarget((_call, response) => void held.then(() => response.end()));
  api = (await cluster.process('api', BAD_HANDLERS)).url;
});
afterEach(async () => {
  released();
  await target.close();
  await cluster.stop();
});

const request = (user: ApiUser, id: string) => user.get<RequestView>(`/requests/${id}`);
const untilEnded = (user: ApiUser, id: string) =>
  until(`${id} has ended`, async () => ['succeeded', 'failed'].includes((await request(user, id)).status));

/** A request of a new user that has killed two workers, with the state in MongoDB and Redis. */
async function suspect(how: string, options: object = {}): Promise<{ user: ApiUser; id: string }> {
  const user = await ApiUser.register(api);
  const payload = { url: target.url, how };
  const id = await user.enqueue({ type: 'harm', payload, maxAttempts: 1, timeoutMs: 3_600_000, ...options });
  const client = await MongoClient.connect(cluster.mongodbUri);
  const found = await client
    .db()
    .collection<{ _id: string; userId: string }>('requests')
    .findOneAndUpdate({ _id: id }, { $set: { crashes: 2, token: 1 } });
  await client.close();
  const { userId } = found!;
  await cluster.redis.client().hset(`${tagOf(shardOf(userId, 4))}:${userId}:${id}`, 'check', '1');
  return { user, id };
}

const worker = () => cluster.process('worker', BAD_HANDLERS);

async function serveNeighbours(users: readonly ApiUser[]): Promise<string[]> {
  const body = { type: 'echo', payload: null };
  const enqueued = users.map(async (user) => {
    const ids: string[] = [];
    for (let i = 0; i < EACH; i++) ids.push(await user.enqueue(body));
    await untilEnded(user, ids.at(-1)!);
    return Promise.all(ids.map(async (id) => (await request(user, id)).status));
  });
  return (await Promise.all(enqueued)).flat();
}

it.each([
  ['exit', /ended with code 3/],
  ['kill', /ended with SIGKILL/],
  ['throw', /ended with .+: an exception nobody caught \(thrown by nobody\)/],
  ['block', /ended with SIGKILL: its event loop did not turn/],
  ['hoard', /ended with (SIGABRT|SIGKILL|code 134)/],
])(
  'other users are served while a worker tries a handler that will %s, and the log says how it died',
  async (how, death) => {
    const poison = await suspect(how);
    const { app, url } = await worker();
    let hasEnded = false;
    void app.ended.then(() => (hasEnded = true));
    await until('the suspect is tried', () => target.calls.length === 1);
    const neighbours = await Promise.all(Array.from({ length: NEIGHBOURS }, () => ApiUser.register(api)));

    expect(new Set(await serveNeighbours(neighbours))).toEqual(new Set(['succeeded']));
    expect((await request(poison.user, poison.id)).status).toBe('active');
    const isolated = async () => (await scrape(url))('turnwise_slots{state="isolated"}');
    await until('the suspect has a slot of its own', async () => (await isolated()) === 1);
    const free = async () => (await scrape(url))('turnwise_slots{state="free"}');
    await until('all other slots are free', async () => (await free()) === SLOTS - 1);

    released();
    const [after] = await Promise.all([serveNeighbours(neighbours), untilEnded(poison.user, poison.id)]);
    expect(new Set(after)).toEqual(new Set(['succeeded']));
    const { status, error, attempts } = await request(poison.user, poison.id);
    expect({ status, code: error?.code, attempts }).toMatchObject({
      status: 'failed',
      code: 'worker_lost',
      attempts: [{ number: 1, outcome: 'lost', error: { code: 'process_ended' } }],
    });
    expect(attempts[0]!.error!.message).toMatch(death);
    const counted = async () =>
      (await scrape(url))('turnwise_lost_attempts_total{type="harm",code="process_ended"}');
    await until('its loss is counted', async () => (await counted()) === 1);
    expect(await app.logged('suspect.died')).toMatchObject([
      {
        requestId: poison.id,
        cause: expect.stringContaining('ended with') as string,
      },
    ]);
    expect(hasEnded).toBe(false);
  },
);

it('a worker runs one suspect after the other, and continues with the harmless ones', async () => {
  const [first, second, third] = [
    await suspect('none'),
    await suspect('fail', { maxAttempts: 2, backoff: { type: 'fixed', delayMs: 1 } }),
    await suspect('kill'),
  ];
  const { url } = await worker();
  await until('one is tried', () => target.calls.length === 1);
  const other = await ApiUser.register(api);
  await untilEnded(other, await other.enqueue({ type: 'echo', payload: null }));
  expect([1, 2]).toContain((await scrape(url))('turnwise_slots{state="isolated"}'));
  expect(target.calls).toHaveLength(1);
  released();
  for (const { user, id } of [first, second, third]) await untilEnded(user, id);
  expect(await request(first.user, first.id)).toMatchObject({ status: 'succeeded', result: 'no harm' });
  const failed = await request(second.user, second.id);
  expect(failed.attempts.map(({ outcome }) => outcome)).toEqual(['failed', 'failed']);
  expect((await request(third.user, third.id)).error?.code).toBe('worker_lost');
});

it('a killed worker takes its isolated process with it', async () => {
  await suspect('deaf');
  const { app } = await worker();
  await until('the suspect is tried', () => target.calls.length === 1);
  released();
  const child = await childOf(app);
  expect(child).toBeGreaterThan(0);
  app.signal('SIGKILL');
  await app.ended;
  await until('the isolated process is gone', () => !isAlive(child));
});

it('a worker that is told to end hands back its suspect', async () => {
  const { user, id } = await suspect('deaf');
  const { app } = await worker();
  await until('the suspect is tried', () => target.calls.length === 1);
  released();
  app.signal('SIGTERM');
  expect(await app.ended).toBe(0);
  expect(await request(user, id)).toMatchObject({ status: 'queued', attempts: [] });
});

it('a killed worker says which handler blocked its event loop, and blames no neighbour', async () => {
  const { app } = await worker();
  const [culprit, neighbour] = [await ApiUser.register(api), await ApiUser.register(api)];
  const beside = await neighbour.enqueue({ type: 'harm', payload: { url: target.url, how: 'none' } });
  await until('the neighbour runs', () => target.calls.length === 1);
  const poison = await culprit.enqueue({ type: 'block', payload: null });
  expect(await app.ended).toBeNull();
  expect(app.lines('process.killed')).toMatchObject([
    {
      ...{ level: 60, requestId: poison, type: 'block' },
      running: [{ requestId: poison }, { requestId: beside, type: 'harm' }],
    },
  ]);
  // Otherwise the request would block the next worker, perhaps before that has looked up the neighbour.
  await culprit.does('POST', '/queue/pause');
  const { app: heir } = await worker();
  await until('both were taken over', async () =>
    (await Promise.all([request(culprit, poison), request(neighbour, beside)])).every(
      (each) => each.attempts.length > 0,
    ),
  );
  const lost = async (user: ApiUser, id: string) => (await request(user, id)).attempts[0];
  expect(await lost(culprit, poison)).toMatchObject({ outcome: 'lost', error: { code: 'loop_blocked' } });
  expect(await lost(neighbour, beside)).toMatchObject({
    outcome: 'lost',
    error: { code: 'neighbour_blocked' },
  });
  for (const said of [
    { requestId: poison, crashes: 1, errorCode: 'loop_blocked' },
    { requestId: beside, crashes: 0, errorCode: 'neighbour_blocked' },
  ])
    await untilLogged([heir], 'attempt.taken_back', said);
});

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** The isolated process of a process; it writes to the same log. */
const childOf = async (app: AppProcess): Promise<number> =>
  Number((await app.logged('suspect.isolated'))[0]!['childPid']);
