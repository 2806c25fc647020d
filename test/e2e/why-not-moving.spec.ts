/** Queues broken on purpose: metrics and logs alone show the cause, as the table of docs/operations.md says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogEvent } from '../../src/common/log/catalogue';
import { AppProcess, untilLogged } from '../support/app-process';
import { ApiUser, AppCluster } from '../support/cluster';
import { requestOf } from '../support/enqueued';
import type { LogLine } from '../support/log-lines';
import { scrape } from '../support/metrics';
import { heldTarget, httpTarget, StubTarget } from '../support/stub-target';
import { until } from '../support/until';

const echo = { type: 'echo', payload: 1 };
const long = { type: 'sleep', payload: { ms: 600_000 }, timeoutMs: 3_600_000 };

let cluster: AppCluster;
let api: AppProcess;
let url: string;
let worker: AppProcess;
let workerUrl: string;
let admin: ApiUser;
let user: ApiUser;
let id: string;
/** Closed after each test. */
const targets: StubTarget[] = [];

beforeAll(async () => {
  cluster = await AppCluster.start({ WORKER_CONCURRENCY: '1', LEASE_MS: '30000', VIEW_MS: '90000' });
  ({ app: api, url } = await cluster.process('api'));
  await startWorker();
  admin = await cluster.admin(url);
});
beforeEach(async () => {
  await users({ busy: 0, due: 0, timed: 0, stopped: 0 });
  user = await ApiUser.register(url);
  ({ id } = await user.get<{ id: string }>('/auth/me'));
});
afterEach(() => Promise.all(targets.splice(0).map((target) => target.close())));
afterAll(() => cluster.stop());

async function startWorker() {
  ({ app: worker, url: workerUrl } = await cluster.process('worker'));
}

/** Waits until this many users are in each of these states. */
async function users(states: Readonly<Record<string, number>>): Promise<void> {
  await until(`users are ${JSON.stringify(states)}`, async () => {
    const shown = await scrape(url);
    return Object.entries(states).every(([state, n]) => shown(`turnwise_users{state="${state}"}`) === n);
  });
}
/** Waits until the worker has this many slots in a state: for a moment, a slot is still `stopping` after a cancel. */
const slots = (state: string, n: number) =>
  until(`${n} slots are ${state}`, async () => {
    return (await scrape(workerUrl))(`turnwise_slots{state="${state}"}`) === n;
  });
/** Attempts of a type that run in the worker. */
const open = async (type: string) => (await scrape(workerUrl))(`turnwise_running_attempts{type="${type}"}`);
const retryingFor = async () => (await scrape(url))('turnwise_oldest_retrying_seconds');

/** Waits for a log line about the user in either process. */
const line = (event: LogEvent, fields: LogLine) => untilLogged([api, worker], event, fields);
const linesOf = (userId: string) =>
  (['attempt.failed', 'request.failed'] as const)
    .flatMap((event) => [...api.lines(event), ...worker.lines(event)])
    .filter((each) => each['userId'] === userId);

it('metrics and logs show a paused queue: stopped, and the call that paused it', async () => {
  await user.does('POST', '/queue/pause');
  const waiting = await user.enqueue(echo);
  await users({ stopped: 1, due: 0 });
  await line('call.ended', { path: '/queue/pause', userId: id });
  await user.does('POST', `/requests/${waiting}/cancel`);
  expect(linesOf(id)).toEqual([]);
});

it('metrics and logs show a halted queue: stopped, and the request that failed', async () => {
  await user.does('PATCH', '/queue', { onFailure: 'halt' });
  const culprit = await user.enqueue({ type: 'sleep', payload: { ms: 0, failTimes: 1 }, maxAttempts: 1 });
  const behind = await user.enqueue(echo);
  await users({ stopped: 1, due: 0 });
  await line('request.failed', { requestId: culprit, userId: id });
  await user.does('POST', `/requests/${culprit}/dismiss`);
  await until('it moves', async () => (await requestOf(user, behind)).status === 'succeeded');
});

it('metrics and logs show a retrying head: timed, its age, and its failed attempts', async () => {
  const target = await httpTarget((_, response) => void response.writeHead(500).end());
  targets.push(target);
  const payload = { url: target.url };
  const culprit = await user.enqueue({
    ...{ type: 'http', payload, maxAttempts: 20 },
    backoff: { type: 'fixed', delayMs: 600_000 },
  });
  await users({ timed: 1, due: 0, busy: 0 });
  await until('its age is shown', async () => (await retryingFor()) > 0);
  await line('attempt.failed', { requestId: culprit, userId: id, errorCode: 'http_500' });
  await user.does('POST', `/requests/${culprit}/cancel`);
});

it('metrics and logs show a rate: timed, nothing that retries, and the call that set it', async () => {
  await admin.does('PUT', `/admin/users/${id}/limits`, { rate: { limit: 1, perMs: 3_600_000 } });
  await user.enqueue(echo);
  const limited = await user.enqueue(echo);
  await users({ timed: 1, due: 0, busy: 0 });
  await until('nothing retries', async () => (await retryingFor()) === 0);
  await line('call.ended', { path: `/admin/users/${id}/limits`, method: 'PUT' });
  await user.does('POST', `/requests/${limited}/cancel`);
  expect(linesOf(id)).toEqual([]);
});

it('metrics and logs show a long attempt: busy, and an attempt of its type that does not end', async () => {
  const running = await user.enqueue(long);
  await users({ busy: 1, due: 0 });
  await slots('running', 1);
  await until('its attempt is shown', async () => (await open('sleep')) === 1);
  await user.does('POST', `/requests/${running}/cancel`);
});

it('metrics show a lane without a worker: due, and free slots', async () => {
  await admin.does('PUT', '/admin/types/unserved', { external: true });
  const waiting = await user.enqueue({ type: 'unserved', payload: 1 });
  await users({ due: 1, busy: 0 });
  await slots('free', 1);
  await until('it is due', async () => (await scrape(url))('turnwise_oldest_due_seconds') > 0);
  await user.does('POST', `/requests/${waiting}/cancel`);
});

it('metrics show busy workers: due, and no free slot', async () => {
  const other = await ApiUser.register(url);
  const running = await other.enqueue(long);
  await users({ busy: 1 });
  const waiting = await user.enqueue(echo);
  await users({ busy: 1, due: 1 });
  await slots('free', 0);
  await user.does('POST', `/requests/${waiting}/cancel`);
  await other.does('POST', `/requests/${running}/cancel`);
});

it('metrics and logs show a dead worker: busy, and no slot that runs it', async () => {
  const target = await heldTarget();
  targets.push(target);
  await user.enqueue({ type: 'http', payload: { url: target.url } });
  await users({ busy: 1 });
  const [dead, deadUrl] = [worker, workerUrl];
  await startWorker(); // before the other dies, so that both are seen while its lease lasts
  dead.signal('SIGKILL');
  await dead.ended;
  await users({ busy: 1 });
  await slots('running', 0);
  await expect(scrape(deadUrl)).rejects.toThrow();
  target.release();
  await line('attempt.taken_back', { userId: id, worker: dead.worker });
});

it('metrics and logs show a closed shard: no gauges, no ready process, and a store that is away', async () => {
  await user.does('POST', '/queue/pause');
  const waiting = await user.enqueue(echo);
  await cluster.redis.kill();
  await until('they are missing', async () =>
    Number.isNaN((await scrape(url))('turnwise_oldest_due_seconds')),
  );
  await until('it is not ready', async () => (await scrape(url))('turnwise_ready{role="api"}') === 0);
  await line('store.away', { store: 'Redis' });
  const recovered = () => [api, worker].flatMap((each) => each.lines('shards.recovered')).length;
  const before = recovered();
  await cluster.redis.restart();
  await until('a recovery is logged', () => recovered() > before);
  await users({ stopped: 1 });
  await until('it is cancelled', async () => {
    return (await user.call('POST', `/requests/${waiting}/cancel`)).status === 200;
  });
});

it('the table of docs/operations.md has a row for each of these causes', () => {
  const [, section = ''] = readFileSync(join(__dirname, '../../docs/operations.md'), 'utf8').split(
    '\n## Why a user does not move\n',
  );
  const rows = [...section.split('\n## ')[0]!.matchAll(/^\| \*\*(.+?)\*\*/gm)].map(([, cause]) => cause);
  expect(rows).toEqual([
    ...['paused', 'halted', 'retrying', 'a rate', 'a long attempt', 'a lane without a worker'],
    ...['busy workers', 'a dead worker', 'a closed shard'],
  ]);
});
