/** Handlers that ignore their abort, never end, block or kill: turns never overlap, and every queue continues. */
import { join } from 'node:path';
import { untilLogged } from '../../../support/app-process';
import { ApiUser, AppCluster } from '../../../support/cluster';
import { EventReader } from '../../../support/event-reader';
import { httpTarget } from '../../../support/stub-target';
import { HALVED } from '../../../support/test-settings';
import { until } from '../../../support/until';

jest.setTimeout(300_000); // five processes start, and three leases end one after another

const BAD_HANDLERS = join(__dirname, '../../../support/programs/bad-handlers.js');
/** ms: half the duration of `slow`. */
const LEASE_MS = Number(HALVED.LEASE_MS);

interface RequestView {
  readonly status: string;
  readonly error?: { readonly code: string };
  readonly attempts: readonly {
    readonly outcome: string;
    readonly worker: string;
    readonly startedAt: string;
    readonly finishedAt: string;
    readonly error?: { readonly code: string };
  }[];
}

let cluster: AppCluster;
beforeEach(async () => {
  cluster = await AppCluster.start(HALVED);
  cluster.endsAreMeant = true;
});
afterEach(() => cluster.stop());

const request = (user: ApiUser, id: string) => user.get<RequestView>(`/requests/${id}`);
const untilStatus = (user: ApiUser, id: string, status: string) =>
  until(`${id} is ${status}`, async () => (await request(user, id)).status === status);

it.each([
  ['kills its process', 'die', null],
  ['blocks the event loop', 'block', null],
  ['ignores its abort and never ends', 'deaf', 75],
] as const)(
  'a request fails whose handler %s three times, and the queue continues',
  async (_what, type, exitCode) => {
    const [api, ...workers] = await Promise.all([
      cluster.process('api', BAD_HANDLERS),
      ...Array.from({ length: 4 }, () => cluster.process('worker', BAD_HANDLERS)),
    ]);
    const [user, other] = [await ApiUser.register(api.url), await ApiUser.register(api.url)];
    const poison = await user.enqueue({ type, payload: null, maxAttempts: 1, timeoutMs: 200 });
    const next = await user.enqueue({ type: 'echo', payload: null });
    const unharmed = await other.enqueue({ type: 'echo', payload: null });
    await untilStatus(other, unharmed, 'succeeded');
    await untilStatus(user, next, 'succeeded');
    const { status, error, attempts } = await request(user, poison);
    expect({ status, code: error?.code }).toEqual({ status: 'failed', code: 'worker_lost' });
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['lost', 'lost', 'lost']);
    expect(new Set(attempts.map(({ worker }) => worker)).size).toBe(3);
    expect(attempts.at(-1)?.error?.code).toBe('process_ended');
    const apps = workers.map(({ app }) => app);
    for (const [i, { worker }] of attempts.slice(0, 2).entries())
      await untilLogged(apps, 'attempt.taken_back', { requestId: poison, type, crashes: i + 1, worker });
    // The third was harmed only in its isolated process: it recorded that.
    const harmed = attempts.slice(0, 2).map(({ worker }) => apps.find((app) => app.worker === worker)!);
    expect(await Promise.all(harmed.map(({ ended }) => ended))).toEqual([exitCode, exitCode]);
  },
);

it('a request that has killed its workers halts the queue by its policy, and its waiting calls are answered', async () => {
  const [api] = await Promise.all([
    cluster.process('api', BAD_HANDLERS),
    ...Array.from({ length: 4 }, () => cluster.process('worker', BAD_HANDLERS)),
  ]);
  const [user, other] = [await ApiUser.register(api.url), await ApiUser.register(api.url)];
  expect((await user.call('PATCH', '/queue', { onFailure: 'halt' })).status).toBe(200);
  const reader = await EventReader.open(user);
  const poison = await user.enqueue({ type: 'die', payload: null, maxAttempts: 1 });
  let answer: RequestView | undefined;
  const waiting = user.get<RequestView>(`/requests/${poison}?wait=60`);
  void waiting.then((view) => (answer = view)).catch(() => undefined);
  const next = await user.enqueue({ type: 'echo', payload: null });

  await until('the stream sends the halt', () => reader.types.includes('queue.halted'));
  await until('the client that waits is answered', () => answer !== undefined);
  expect(answer).toMatchObject({
    status: 'failed',
    error: { code: 'worker_lost' },
    attempts: [{ outcome: 'lost' }, { outcome: 'lost' }, { outcome: 'lost' }],
  });
  await untilStatus(other, await other.enqueue({ type: 'echo', payload: null }), 'succeeded');
  expect(await user.get('/queue')).toMatchObject({ state: 'halted', haltedBy: poison, depth: 1 });
  expect(reader.of(next)).toEqual(['request.accepted']);

  expect((await user.call('POST', `/requests/${poison}/dismiss`)).status).toBe(200);
  await until('the stream sends the end of the next request', () => reader.of(next).length === 3);
  const told = reader.events.map(({ event, data }) => [event, data.requestId]);
  expect(told.slice(told.findIndex(([event]) => event === 'request.failed'))).toEqual([
    ['request.failed', poison],
    ['queue.halted', poison],
    ['request.dismissed', poison],
    ['queue.released', undefined],
    ['request.started', next],
    ['request.succeeded', next],
  ]);
});

it.each([
  ['succeeds', 1, ['succeeded'], ['/begins', '/ends', '/next']],
  ['fails', 2, ['timed_out', 'timed_out'], ['/begins', '/ends', '/begins', '/ends', '/next']],
])(
  'no attempt overlaps a handler that ignores its time limit, and %s after its lease would have ended',
  async (how, maxAttempts, outcomes, order) => {
    const target = await httpTarget((_call, response) => response.end());
    const { url } = target;
    const [api] = await Promise.all([
      cluster.process('api', BAD_HANDLERS),
      cluster.process('worker', BAD_HANDLERS),
      cluster.process('worker', BAD_HANDLERS),
    ]);
    const user = await ApiUser.register(api.url);
    const slow = await user.enqueue({
      type: 'slow',
      payload: { url, fails: how === 'fails' },
      timeoutMs: 300,
      maxAttempts,
      backoff: { type: 'fixed', delayMs: 1 },
    });
    const next = await user.enqueue({ type: 'http', payload: { url: `${url}/next` } });
    await untilStatus(user, next, 'succeeded');
    const [{ attempts }, followed] = [await request(user, slow), await request(user, next)];
    expect(target.calls.map(({ path }) => path)).toEqual(order);
    expect(attempts.map(({ outcome }) => outcome)).toEqual(outcomes);
    for (const { startedAt, finishedAt } of attempts)
      expect(Date.parse(finishedAt) - Date.parse(startedAt)).toBeGreaterThan(LEASE_MS);
    const moments = [...attempts, ...followed.attempts].flatMap((each) => [each.startedAt, each.finishedAt]);
    expect(moments).toEqual([...moments].sort());
    await target.close();
  },
);

it('a request whose handler returns invalid JSON text fails, and is shown as JSON', async () => {
  const { url } = await cluster.process('all', BAD_HANDLERS);
  const user = await ApiUser.register(url);
  const id = await user.enqueue({ type: 'babble', payload: null, maxAttempts: 1 });
  await untilStatus(user, id, 'failed');
  expect((await user.get<{ items: RequestView[] }>('/requests')).items).toMatchObject([{ status: 'failed' }]);
});
