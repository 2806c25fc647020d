/** Scheduled requests: which requests wait for which, how far ahead a time may be, and what the API shows meanwhile. */
import type { AppProcess } from '../support/app-process';
import { ApiUser, AppCluster } from '../support/cluster';
import { ended, requestOf } from '../support/enqueued';
import { RecordingTarget } from '../support/recording-target';
import { until } from '../support/until';

const THIRTY_DAYS_MS = 2_592_000_000;

interface QueueView {
  readonly state: string;
  readonly nextDueAt?: string;
  readonly depth: number;
  readonly scheduled: number;
}

let cluster: AppCluster;
let target: RecordingTarget;
let app: AppProcess;
let url: string;
let user: ApiUser;
let name: string;

async function start(): Promise<void> {
  ({ app, url } = await cluster.process('all'));
}

beforeAll(async () => {
  cluster = await AppCluster.start();
  target = await RecordingTarget.start(() => 200);
  await start();
});
beforeEach(async () => {
  user = await ApiUser.register(url);
  name = user.token.slice(-20);
});
afterAll(async () => {
  await target.stop();
  await cluster.stop();
});

const deliver = (index: number, more: object = {}) =>
  user.enqueue({ type: 'http', payload: { url: target.url, body: { user: name, index } }, ...more });

const queue = () => user.get<QueueView>('/queue');
const started = () => target.of(name).map(({ index }) => index);

it('a request that is due in thirty days stays scheduled when every process restarts', async () => {
  const far = await deliver(0, { delayMs: THIRTY_DAYS_MS });
  const { runAt } = await user.get<{ runAt: string }>(`/requests/${far}`);
  expect(await queue()).toMatchObject({ state: 'waiting', nextDueAt: runAt, scheduled: 1, depth: 0 });
  app.signal('SIGTERM');
  await app.ended;
  await start();
  user.url = url;
  await ended(user, await deliver(1));
  expect(await requestOf(user, far)).toMatchObject({ status: 'scheduled', attempts: [] });
  await until('the queue waits', async () => (await queue()).state === 'waiting');
  expect(await queue()).toMatchObject({ nextDueAt: runAt });
  expect(started()).toEqual([1]);
});

it('a scheduled request takes its place at its time: behind earlier requests, ahead of later ones', async () => {
  await user.does('POST', '/queue/pause');
  // Both must be accepted before the scheduled time.
  const runAt = new Date(Date.now() + 8_000);
  const schedule = { runAt: runAt.toISOString() };
  const ids = [await deliver(0, schedule), await deliver(1, schedule), await deliver(2)];
  await until('all are due', async () => (await queue()).depth === ids.length);
  ids.push(await deliver(3));
  const far = await deliver(4, { delayMs: THIRTY_DAYS_MS });
  await user.does('POST', '/queue/resume');
  const requests = await Promise.all(ids.map((id) => ended(user, id)));
  const [first = 0, second = 0, , last = 0] = requests.map(({ seq }) => seq);
  expect([Math.floor(first / 1000), second - first]).toEqual([runAt.getTime(), 1]);
  expect(last).toBeGreaterThan(second);
  const bySeq = ids.map((_id, index) => index).sort((a, b) => requests[a]!.seq - requests[b]!.seq);
  expect(started()).toEqual(bySeq);
  expect((await requestOf(user, far)).status).toBe('scheduled');
  expect(await user.get('/queue/audit')).toMatchObject({ clean: true, checked: 5 });
});

it.each([
  ['delayMs', '-1'],
  ['delayMs', '1e308'],
  ['delayMs', '"5"'],
  ['delayMs', '"NaN"'],
  ['delayMs', '0.5'],
  ['delayMs', '31536000001'],
  ['delayMs', 'null'],
  ['runAt', '"tomorrow"'],
  ['runAt', '"2026-02-30T00:00:00Z"'],
  ['runAt', '"2999-01-01T00:00:00Z"'],
  ['runAt', '1795586873275'],
])('an enqueue refuses %s: %s, and names the field', async (field, text) => {
  const body = `{"type":"echo","payload":1,"${field}":${text}}`;
  const answer = await fetch(`${url}/enqueue`, {
    method: 'POST',
    headers: { authorization: `Bearer ${user.token}`, 'content-type': 'application/json' },
    body,
  });
  const { errors } = (await answer.json()) as { errors: { pointer: string }[] };
  const pointers = new Set(errors.map(({ pointer }) => pointer));
  expect([answer.status, ...pointers]).toEqual([422, `/${field}`]);
  expect(await queue()).toMatchObject({ state: 'idle', scheduled: 0 });
});
