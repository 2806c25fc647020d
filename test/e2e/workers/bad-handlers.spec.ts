/** Handlers that never end, block, or kill: the user is neither overlapped nor stuck, and others go on. */
import { join } from 'node:path';
import { ApiUser, AppCluster } from '../../support/cluster';
import { until } from '../../support/until';

jest.setTimeout(90_000);

const BAD_HANDLERS = join(__dirname, '../../support/programs/bad-handlers.js');

interface RequestView {
  readonly status: string;
  readonly error?: { readonly code: string };
  readonly attempts: readonly { readonly outcome: string; readonly worker: string }[];
}

let cluster: AppCluster;
beforeEach(async () => {
  cluster = await AppCluster.start();
});
afterEach(() => cluster.stop());

const request = (user: ApiUser, id: string) => user.get<RequestView>(`/requests/${id}`);
const untilStatus = (user: ApiUser, id: string, status: string) =>
  until(`${id} is ${status}`, async () => (await request(user, id)).status === status);

// case F10 f, case F12
it.each([
  ['kills its process', 'die', null],
  ['blocks the event loop', 'block', null],
  ['never ends, whatever it is told', 'deaf', 75],
] as const)('fails a request whose handler %s three times, and goes on', async (_what, type, exitCode) => {
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
  const ended: (number | null)[] = [];
  for (const { app } of workers) void app.ended.then((code) => ended.push(code));
  await until('three workers have ended', () => ended.length === 3);
  expect(ended).toEqual([exitCode, exitCode, exitCode]);
});

it('fails a request whose handler calls JSON what is none, and shows it as JSON', async () => {
  const { url } = await cluster.process('all', BAD_HANDLERS);
  const user = await ApiUser.register(url);
  const id = await user.enqueue({ type: 'babble', payload: null, maxAttempts: 1 });
  await untilStatus(user, id, 'failed');
  expect((await user.get<{ items: RequestView[] }>('/requests')).items).toMatchObject([{ status: 'failed' }]);
});
