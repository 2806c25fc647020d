/** What users decide about failed requests, through the API. */
import { ApiUser, AppCluster, served } from '../../support/cluster';
import { problem } from '../../support/problem';
import { RecordingTarget } from '../../support/recording-target';
import { until } from '../../support/until';

interface RequestView {
  readonly status: string;
  readonly seq: number;
  readonly error?: object;
  readonly attempts: readonly { readonly outcome: string }[];
}

/** These fail permanently at their first delivery, and succeed at any later one. */
const FAIL_FIRST = [2, 3, 5];

let cluster: AppCluster;
let target: RecordingTarget;
let url: string;
let user: ApiUser;

beforeAll(async () => {
  cluster = await AppCluster.start();
  target = await RecordingTarget.start((index, n) => (FAIL_FIRST.includes(index) && n === 1 ? 400 : 200));
  ({ url } = await cluster.process('all'));
  user = await ApiUser.register(url);
});
afterAll(async () => {
  await target.stop();
  await cluster.stop();
});

const read = (id: string) => user.get<RequestView>(`/requests/${id}`);
const decide = (id: string, what: 'retry' | 'dismiss' | 'cancel') =>
  user.call('POST', `/requests/${id}/${what}`);
const untilStatus = (id: string, status: string) =>
  until(`${id} is ${status}`, async () => (await read(id)).status === status);
const deliver = (index: number) =>
  user.enqueue({ type: 'http', payload: { url: target.url, body: { user: 'retry', index } } });

it('several failed requests run again in their order, one at a time, before later requests', async () => {
  const ids: string[] = [];
  for (const index of [1, 2, 3, 4, 5]) ids[index] = await deliver(index);
  await untilStatus(ids[5]!, 'failed');
  const gate = await user.enqueue({ type: 'sleep', payload: { ms: 600_000 }, timeoutMs: 3_600_000 });
  const last = await deliver(6);
  await untilStatus(gate, 'active');

  const before = await Promise.all([2, 3, 5].map((index) => read(ids[index]!)));
  for (const index of [5, 3, 2]) {
    const answer = await decide(ids[index]!, 'retry');
    expect([answer.status, ((await answer.json()) as RequestView).status]).toEqual([200, 'queued']);
  }
  expect((await decide(ids[3]!, 'retry')).status).toBe(409); // it is in the queue already
  await user.does('POST', `/requests/${gate}/cancel`);
  await untilStatus(last, 'succeeded');
  const calls = target.of('retry');
  expect(calls.map(({ index }) => index)).toEqual([1, 2, 3, 4, 5, 2, 3, 5, 6]);
  const overlapping = calls.filter(({ startedAt }, i) => i > 0 && calls[i - 1]!.endedAt > startedAt);
  expect(overlapping).toEqual([]);
  for (const [i, index] of FAIL_FIRST.entries()) {
    const after = await read(ids[index]!);
    expect(after).toMatchObject({ status: 'succeeded', seq: before[i]!.seq });
    expect(after.error).toBeUndefined();
    expect(after.attempts.map(({ outcome }) => outcome)).toEqual(['failed', 'succeeded']);
  }
});

it('a retry ends the backoff of a request, which uses its next attempt and stays before later requests', async () => {
  const failing = { type: 'sleep', payload: { ms: 0, failTimes: 1 }, maxAttempts: 2 };
  const waiting = await user.enqueue({ ...failing, backoff: { type: 'fixed', delayMs: 3_600_000 } });
  const later = await user.enqueue({ type: 'echo', payload: 1 });
  await until('its first attempt has failed', async () => (await read(waiting)).attempts.length === 1);
  expect((await decide(waiting, 'retry')).status).toBe(200);
  await untilStatus(later, 'succeeded');
  expect(await read(waiting)).toMatchObject({
    status: 'succeeded',
    attempts: [
      { number: 1, outcome: 'failed' },
      { number: 2, outcome: 'succeeded' },
    ],
  });
});

it('a user dismisses a failed request, and cannot decide about one that has not failed', async () => {
  const failed = await user.enqueue({ type: 'sleep', payload: { ms: 0, failTimes: 1 }, maxAttempts: 1 });
  await untilStatus(failed, 'failed');
  expect((await decide(failed, 'dismiss')).status).toBe(200);
  expect((await decide(failed, 'dismiss')).status).toBe(200);
  expect((await read(failed)).status).toBe('dismissed');
  expect((await decide(failed, 'retry')).status).toBe(409);
  const done = await user.enqueue({ type: 'echo', payload: 1 });
  await untilStatus(done, 'succeeded');
  for (const what of ['retry', 'dismiss'] as const) {
    const answer = await decide(done, what);
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([409, 'not_failed']);
    expect((await decide('no-such-request', what)).status).toBe(404);
  }
});

it("a user cannot decide about another user's failed request, and gets 404", async () => {
  const failed = await user.enqueue({ type: 'sleep', payload: { ms: 0, failTimes: 1 }, maxAttempts: 1 });
  await untilStatus(failed, 'failed');
  const before = await read(failed);
  const stranger = await ApiUser.register(url);
  for (const what of ['retry', 'dismiss'] as const) {
    const told = await Promise.all(
      [failed, 'no-such-request'].map(async (id) => {
        const { status, code, detail } = await problem(
          await served(() => stranger.call('POST', `/requests/${id}/${what}`)),
        );
        return { status, code, detail };
      }),
    );
    expect(told[0]).toEqual({ status: 404, code: 'not_found', detail: expect.any(String) });
    expect(told[0]).toEqual(told[1]);
    expect(await stranger.does('POST', `/requests/${what}`, { filter: {} })).toEqual({ count: 0 });
  }
  expect(await read(failed)).toEqual(before);
  expect(await user.get('/queue')).toMatchObject({ state: 'idle', depth: 0 });
});
