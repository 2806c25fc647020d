/** What users decide about their queue: pause, failure policies, purge. */
import type { ServerResponse } from 'node:http';
import { ApiUser, AppCluster } from '../../support/cluster';
import type { AppProcess } from '../../support/app-process';
import { requestOf } from '../../support/enqueued';
import { EventReader } from '../../support/event-reader';
import { RecordingTarget } from '../../support/recording-target';
import { httpTarget, StubTarget } from '../../support/stub-target';
import { HALVED } from '../../support/test-settings';
import { until } from '../../support/until';

interface QueueView {
  readonly state: string;
  readonly depth: number;
  readonly scheduled: number;
  readonly haltedBy?: string;
  readonly running?: { readonly id: string };
}

/** A request that fails at its first delivery and succeeds at the second. */
const FAILS_ONCE = 1;

let cluster: AppCluster;
let target: RecordingTarget;
/** It leaves its calls open: a test answers them. */
let held: StubTarget;
const answers: ServerResponse[] = [];
let apps: AppProcess[];
let url: string;
let user: ApiUser;
let name: string;

beforeAll(async () => {
  cluster = await AppCluster.start(HALVED);
  target = await RecordingTarget.start((index, n) => (index === FAILS_ONCE && n === 1 ? 400 : 200));
  held = await httpTarget((_call, response) => answers.push(response));
  await restart();
});
beforeEach(async () => {
  user = await ApiUser.register(url);
  name = user.token.slice(-20);
});
afterAll(async () => {
  await target.stop();
  await held.close();
  await cluster.stop();
});

async function restart() {
  for (const app of apps ?? []) app.signal('SIGKILL');
  const started = [await cluster.process('api'), await cluster.process('worker')];
  apps = started.map(({ app }) => app);
  url = started[0]!.url;
  if (user) user.url = url;
}

const queue = () => user.get<QueueView>('/queue');
const status = async (id: string) => (await user.get<{ status: string }>(`/requests/${id}`)).status;
const untilStatus = (id: string, wanted: string) =>
  until(`${id} is ${wanted}`, async () => (await status(id)) === wanted);
const deliver = (index: number, more: object = {}) =>
  user.enqueue({ type: 'http', payload: { url: target.url, body: { user: name, index } }, ...more });
const delivered = () => target.of(name).map(({ index }) => index);
const post = async (path: string) => {
  const answer = await user.call('POST', path);
  expect([path, answer.status]).toEqual([path, 200]);
};
const choose = async (onFailure: string) =>
  expect((await user.call('PATCH', '/queue', { onFailure })).status).toBe(200);

it('a paused queue starts nothing after a failed attempt, a due schedule, a retry, a crash or a loss of Redis', async () => {
  const failed = await deliver(FAILS_ONCE);
  await untilStatus(failed, 'failed');
  const answer = async (statusCode: number) => {
    await until('it runs', () => answers.length === 1);
    answers.pop()!.writeHead(statusCode).end();
  };
  const backoff = { type: 'fixed', delayMs: 1 };
  const running = await user.enqueue({ type: 'http', payload: { url: held.url }, backoff });
  await untilStatus(running, 'active');
  const scheduled = await deliver(2, { delayMs: 15_000 });
  const waiting = [await deliver(3), await deliver(4)];
  await post('/queue/pause');
  await answer(503);
  await untilStatus(running, 'retrying');
  await post(`/requests/${failed}/retry`);
  await restart();
  await cluster.redis.restart();
  await until('the schedule is due', async () => (await queue()).scheduled === 0);
  waiting.push(await deliver(5));
  expect(await queue()).toMatchObject({ state: 'paused', depth: 6 });
  const { items } = await user.get<{ items: { id: string; position?: number }[] }>('/requests');
  expect(items.map(({ id }) => id).sort()).toEqual([failed, running, scheduled, ...waiting].sort());
  expect(items.map(({ position }) => position).sort()).toEqual([0, 1, 2, 3, 4, 5]);
  expect([...delivered(), answers.length]).toEqual([FAILS_ONCE, 0]);
  await post('/queue/resume');
  await answer(200);
  await untilStatus(waiting.at(-1)!, 'succeeded');
  // A scheduled request takes its place at its time: after the requests accepted before it was due.
  expect(delivered()).toEqual([FAILS_ONCE, FAILS_ONCE, 3, 4, 2, 5]);
});

it('a paused queue takes back the request of a killed worker, and starts it again when resumed', async () => {
  const running = await user.enqueue({ type: 'sleep', payload: { ms: 600_000 }, timeoutMs: 3_600_000 });
  const waiting = await deliver(2);
  await untilStatus(running, 'active');
  await post('/queue/pause');
  await restart();
  const reader = await EventReader.open(user);
  await until('it is taken back', async () => {
    const { depth, running: now } = await queue();
    return depth === 2 && now === undefined;
  });
  const other = await ApiUser.register(url);
  const beside = await other.enqueue({ type: 'echo', payload: null });
  await until(
    'the new worker serves others',
    async () => (await requestOf(other, beside)).status === 'succeeded',
  );
  expect(await queue()).toMatchObject({ state: 'paused', depth: 2 });
  expect([await status(running), await status(waiting)]).toEqual(['queued', 'queued']);
  expect(reader.types).toEqual([]);

  await post('/queue/resume');
  await until('it is started', () => reader.of(running).length > 0);
  expect(reader.types).toEqual(['queue.resumed', 'request.started']);
  expect((await requestOf(user, running)).attempts).toMatchObject([{ outcome: 'lost' }]);
  await post(`/requests/${running}/cancel`);
  await untilStatus(waiting, 'succeeded');
  expect(delivered()).toEqual([2]);
  reader.close();
});

describe('a halted queue', () => {
  let first: string;
  beforeEach(async () => {
    await choose('halt');
    first = await deliver(FAILS_ONCE);
    await deliver(2);
    await deliver(3);
    await until('the queue is halted', async () => (await queue()).state === 'halted');
  });

  it('stays halted through restarts and a loss of Redis until the failed request is dismissed', async () => {
    await restart();
    await cluster.redis.restart();
    const last = await deliver(4);
    await until('the queue can be seen', async () => (await queue()).depth === 3);
    expect(await queue()).toMatchObject({ state: 'halted', haltedBy: first, depth: 3 });
    expect(delivered()).toEqual([1]);
    await post(`/requests/${first}/dismiss`);
    await untilStatus(last, 'succeeded');
    expect(delivered()).toEqual([1, 2, 3, 4]);
    await until('the queue is idle', async () => (await queue()).state === 'idle');
  });

  it('continues with the failed request when it is retried', async () => {
    const last = await deliver(4);
    expect(await queue()).toMatchObject({ state: 'halted', haltedBy: first });
    await post(`/requests/${first}/retry`);
    await untilStatus(last, 'succeeded');
    expect(delivered()).toEqual([1, 1, 2, 3, 4]);
  });
});

it('the policy cancel-rest cancels the waiting requests at a failure, and runs later ones', async () => {
  await choose('cancel-rest');
  const gate = await user.enqueue({ type: 'sleep', payload: { ms: 600_000 }, timeoutMs: 3_600_000 });
  const failed = await deliver(FAILS_ONCE);
  const rest = [await deliver(2), await deliver(3, { delayMs: 600_000 })];
  await post(`/requests/${gate}/cancel`);
  await untilStatus(failed, 'failed');
  for (const id of rest) await untilStatus(id, 'cancelled');
  const later = await deliver(4);
  await untilStatus(later, 'succeeded');
  expect(delivered()).toEqual([1, 4]);
});

it('a purge cancels the waiting requests; the running one and later ones go on', async () => {
  const running = await user.enqueue({ type: 'sleep', payload: { ms: 600_000 }, timeoutMs: 3_600_000 });
  await untilStatus(running, 'active');
  const waiting = [await deliver(2), await deliver(3), await deliver(4, { delayMs: 600_000 })];
  const purged = await user.call('DELETE', '/queue/requests');
  expect([purged.status, await purged.json()]).toEqual([200, { cancelled: 3 }]);
  for (const id of waiting) expect(await status(id)).toBe('cancelled');
  expect(await queue()).toMatchObject({ state: 'busy', running: { id: running }, depth: 1, scheduled: 0 });
  const later = await deliver(5);
  await post(`/requests/${running}/cancel`);
  await untilStatus(later, 'succeeded');
  expect(delivered()).toEqual([5]);
});
