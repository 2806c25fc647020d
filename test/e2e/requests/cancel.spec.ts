/** Cancelling, seen from the API and the target, on real stores. */
import { setTimeout as delay } from 'node:timers/promises';
import { WorkerChannel } from '../../../src/queue/worker-channel.service';
import { ApiUser, AppCluster, served } from '../../support/cluster';
import { RecordingTarget } from '../../support/recording-target';
import { Random, seeded } from '../../support/seeded';
import { startTestApp } from '../../support/test-app';
import { until } from '../../support/until';

interface RequestView {
  readonly id: string;
  readonly status: string;
  readonly attempts: readonly { readonly outcome: string; readonly finishedAt: string }[];
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly result?: unknown;
}

let cluster: AppCluster;
let target: RecordingTarget;
let user: ApiUser;
let other: ApiUser;

beforeAll(async () => {
  cluster = await AppCluster.start();
  target = await RecordingTarget.start(() => 200, 60_000); // holds every answer for a minute
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

it('a cancel aborts a running request at once, a cancelled waiting request never runs, and the queue continues', async () => {
  const running = await user.enqueue(delivery(1));
  const waiting = await user.enqueue(delivery(2));
  const next = await user.enqueue({ type: 'echo', payload: null });
  await until('it is delivered', () => target.calls.length === 1);

  const first = await cancel(waiting);
  expect(first.status).toBe(200);
  const body = (await first.json()) as RequestView;
  expect(body).toMatchObject({ id: waiting, status: 'cancelled', attempts: [] });
  expect(await (await cancel(waiting)).json()).toEqual(body);

  await user.does('POST', `/requests/${running}/cancel`);
  await untilStatus(next, 'succeeded');
  expect(target.calls.map(({ index, endedAt }) => [index, endedAt < Infinity])).toEqual([[1, true]]);
  const [aborted, followed] = [await read(running), await read(next)];
  expect(aborted).toMatchObject({
    status: 'cancelled',
    attempts: [{ number: 1, outcome: 'cancelled', error: { code: 'cancelled' } }],
  });
  expect(followed.startedAt! >= aborted.attempts[0]!.finishedAt).toBe(true);
});

it("a cancel leaves another user's request alone, and one that has ended", async () => {
  const id = await user.enqueue({ type: 'echo', payload: 1 });
  await untilStatus(id, 'succeeded');
  const late = await cancel(id);
  expect([late.status, ((await late.json()) as { code: string }).code]).toEqual([409, 'already_finished']);
  const [foreign, unknown] = [await cancel(id, other), await cancel('no-such-request', other)];
  expect([foreign.status, unknown.status]).toEqual([404, 404]);
  expect((await read(id)).status).toBe('succeeded');
});

it('cancelling the only scheduled request leaves no key of the user in Redis (P4)', async () => {
  const id = await other.enqueue({ type: 'echo', payload: 1, delayMs: 3_600_000 });
  expect(await other.get('/queue')).toMatchObject({ state: 'waiting', scheduled: 1 });
  expect((await cancel(id, other)).status).toBe(200);
  expect(await other.get('/queue')).toMatchObject({ state: 'idle', scheduled: 0, depth: 0 });
  const { id: otherId } = await other.get<{ id: string }>('/auth/me');
  expect(await cluster.redis.client().keys(`*${otherId}*`)).toEqual([]);
});

describe('a cancel at the moment of a delivery', () => {
  const TRIES = 150;
  const AT_ONCE = 5;
  const WORK_MS = 100;
  let quick: RecordingTarget;
  let company: ApiUser;

  beforeAll(async () => {
    quick = await RecordingTarget.start(() => 200, WORK_MS);
    const { url } = await cluster.process('api');
    const body = { name: 'company', scopes: ['act-as'] };
    const admin = await cluster.admin(url);
    const { key } = await admin.does<{ key: string }>('POST', '/auth/api-keys', body);
    company = ApiUser.withKey(url, key);
  });
  afterAll(() => quick.stop());

  /** Sends and cancels a request of a new customer. Returns its end, the answer to the cancel, and what the target received. */
  async function cancelled(customer: string, moment: () => Promise<unknown>) {
    const as = { 'turnwise-user': customer };
    const payload = { url: quick.url, body: { user: customer, index: 0 } };
    const id = await company.enqueue({ type: 'http', payload }, as);
    await moment();
    const answer = await served(() => company.call('POST', `/requests/${id}/cancel`, undefined, as));
    await answer.body?.cancel();
    await until('the customer has nothing pending', async () => {
      return (await company.get<{ state: string }>('/queue', as)).state === 'idle';
    });
    const { status, attempts, result } = await company.get<RequestView>(`/requests/${id}`, as);
    const outcomes = attempts.map(({ outcome }) => outcome);
    const calls = quick.of(customer).length;
    return { answered: answer.status, status, hasResult: result !== undefined, outcomes, calls };
  }

  /** Moments around the start of the call and around its answer. */
  const MOMENTS: ((random: Random, customer: string) => Promise<unknown>)[] = [
    (random) => delay(random() * WORK_MS),
    async (random, customer) => {
      await until('it is delivered', () => quick.of(customer).length > 0);
      await delay(random() * 2 * WORK_MS);
    },
  ];

  it('ends the request exactly once, in agreement with what the target received', async () => {
    const random = seeded(10);
    const ends: Awaited<ReturnType<typeof cancelled>>[] = [];
    const tries = Array.from({ length: TRIES }, (_, i) => i);
    while (tries.length > 0) {
      const some = tries.splice(0, AT_ONCE).map(async (i) => {
        const customer = `customer-${i}`;
        ends.push(await cancelled(customer, () => MOMENTS[i % 2]!(random, customer)));
      });
      await Promise.all(some);
    }
    const [taken, late] = [200, 409].map((status) => ends.filter(({ answered }) => answered === status));
    expect(taken!.length + late!.length).toBe(TRIES);
    const delivered = {
      answered: 409,
      status: 'succeeded',
      hasResult: true,
      outcomes: ['succeeded'],
      calls: 1,
    };
    expect(late).toEqual(late!.map(() => delivered));
    for (const { outcomes, calls, ...end } of taken!) {
      expect(end).toEqual({ answered: 200, status: 'cancelled', hasResult: false });
      // The record has every call that the target received; a call that was just sent may not have arrived.
      expect(outcomes.length).toBeLessThanOrEqual(1);
      expect(calls).toBeLessThanOrEqual(outcomes.length);
    }
    expect(late!.length).toBeGreaterThan(0);
    // Some of the cancelled requests had been delivered.
    expect(taken!.filter(({ calls }) => calls === 1).length).toBeGreaterThan(0);
  });
});

it('a worker that has missed a cancel aborts the request at its next renewal', async () => {
  jest.spyOn(WorkerChannel.prototype, 'listen').mockReturnValue(() => undefined);
  const app = await startTestApp({ HTTP_ALLOW_TARGETS: '127.0.0.0/8', LEASE_MS: '30000', VIEW_MS: '90000' });
  const deaf = await ApiUser.register(app.url);
  const calls = target.calls.length;
  const id = await deaf.enqueue({ ...delivery(1), timeoutMs: 3_600_000 });
  const next = await deaf.enqueue({ type: 'echo', payload: null });
  await until('it is delivered', () => target.calls.length > calls);
  await deaf.does('POST', `/requests/${id}/cancel`);
  const isOver = async () => (await deaf.get<RequestView>(`/requests/${next}`)).status === 'succeeded';
  await until('the next has run', isOver);
  await app.close();
  jest.restoreAllMocks();
});
