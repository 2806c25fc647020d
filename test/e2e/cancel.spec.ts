/** Cancelling, from outside: on real stores, with a target that sees what is delivered. */
import { ApiUser, AppCluster } from '../support/cluster';
import { RecordingTarget } from '../support/recording-target';
import { until } from '../support/until';

jest.setTimeout(60_000);

interface RequestView {
  readonly id: string;
  readonly status: string;
  readonly attempts: readonly { readonly outcome: string; readonly finishedAt: string }[];
  readonly startedAt?: string;
  readonly finishedAt?: string;
}

let cluster: AppCluster;
let target: RecordingTarget;
let user: ApiUser;
let other: ApiUser;

beforeAll(async () => {
  cluster = await AppCluster.start();
  target = await RecordingTarget.start(() => 200, 60_000); // answers nobody in time
  const { url } = await cluster.process('all');
  [user, other] = [await ApiUser.register(url), await ApiUser.register(url)];
});
afterAll(async () => {
  await target.stop();
  await cluster.stop();
});

const read = (id: string) => user.get<RequestView>(`/requests/${id}`);
const cancel = (id: string, by = user) => by.call('POST', `/requests/${id}/cancel`);
const untilStatus = (id: string, status: string) =>
  until(`${id} is ${status}`, async () => (await read(id)).status === status);
const delivery = (index: number) => ({
  type: 'http',
  payload: { url: target.url, body: { user: 'cancel', index } },
});

// case F10 b, c, e
it('aborts a running one at once, never runs a waiting one, and goes on with the next', async () => {
  const running = await user.enqueue(delivery(1));
  const waiting = await user.enqueue(delivery(2));
  const next = await user.enqueue({ type: 'echo', payload: null });
  await until('it is delivered', () => target.calls.length === 1);

  const first = await cancel(waiting);
  expect(first.status).toBe(200);
  const body = (await first.json()) as RequestView;
  expect(body).toMatchObject({ id: waiting, status: 'cancelled', attempts: [] });
  expect(await (await cancel(waiting)).json()).toEqual(body);

  expect((await cancel(running)).status).toBe(200);
  await untilStatus(next, 'succeeded');
  expect(target.calls.map(({ index, endedAt }) => [index, endedAt < Infinity])).toEqual([[1, true]]);
  const [aborted, followed] = [await read(running), await read(next)];
  expect(aborted).toMatchObject({ status: 'cancelled', attempts: [{ number: 1, outcome: 'cancelled' }] });
  expect(followed.startedAt! >= aborted.attempts[0]!.finishedAt).toBe(true);
});

it('lets nobody cancel what is not theirs, or has finished', async () => {
  const id = await user.enqueue({ type: 'echo', payload: 1 });
  await untilStatus(id, 'succeeded');
  const late = await cancel(id);
  expect([late.status, ((await late.json()) as { code: string }).code]).toEqual([409, 'already_finished']);
  const [foreign, unknown] = [await cancel(id, other), await cancel('no-such-request', other)];
  expect([foreign.status, unknown.status]).toEqual([404, 404]);
  expect((await read(id)).status).toBe('succeeded');
});

it('takes a scheduled one out, and an idle user costs nothing afterwards (P4)', async () => {
  const id = await other.enqueue({ type: 'echo', payload: 1, delayMs: 3_600_000 });
  expect(await other.get('/queue')).toMatchObject({ state: 'waiting', scheduled: 1 });
  expect((await cancel(id, other)).status).toBe(200);
  expect(await other.get('/queue')).toMatchObject({ state: 'idle', scheduled: 0, depth: 0 });
  const { id: otherId } = await other.get<{ id: string }>('/auth/me');
  expect(await cluster.redis.client().keys(`*${otherId}*`)).toEqual([]);
});

// case F10 d
it('has exactly one end when it is cancelled at the instant of its completion', async () => {
  const ends = await Promise.all(
    Array.from({ length: 100 }, async (_, i) => {
      const id = await user.enqueue({ type: 'sleep', payload: { ms: i % 5 } });
      const { status } = await cancel(id);
      return { id, status };
    }),
  );
  for (const { id, status } of ends) {
    const seen = await read(id);
    expect([seen.status, status]).toEqual(status === 200 ? ['cancelled', 200] : ['succeeded', 409]);
  }
});
