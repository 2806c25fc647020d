/** A callback URL is notified when a request ends: signed, at least once, and outside of the queue. */
import type { ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { ApiUser, AppCluster } from '../../support/cluster';
import { ended, enqueueText, requestOf, RequestView } from '../../support/enqueued';
import { Call, httpTarget, StubTarget } from '../../support/stub-target';
import { until } from '../../support/until';

interface Callback {
  readonly status: string;
  readonly attempts: number;
  readonly lastStatus?: number;
  readonly lastError?: { readonly code: string };
}
type View = RequestView & { readonly callback: Callback };

let cluster: AppCluster;
let target: StubTarget;
let answer: (call: Call, response: ServerResponse) => void;
let url: string;
let user: ApiUser;

beforeAll(async () => {
  cluster = await AppCluster.start();
  ({ url } = await cluster.process('all'));
  user = await ApiUser.register(url);
  target = await httpTarget((call, response) => answer(call, response));
});
beforeEach(() => {
  target.calls.length = 0;
  answer = (_call, response) => void response.writeHead(204).end();
});
afterAll(async () => {
  await target.close();
  await cluster.stop();
});

/** The calls that are not of hanging callbacks. */
const told = () => target.calls.filter(({ path }) => path === '/ended');
const callbackUrl = () => `${target.url}/ended`;
const bodyOf = (call: Call) => JSON.parse(call.body.toString());
const callback = async (id: string) => (await requestOf<View>(user, id)).callback;
const untilCallback = (id: string, status: string) =>
  until(`the callback is ${status}`, async () => (await callback(id)).status === status);

it('a success sends a signed callback with the exact result', async () => {
  const body = `{"type":"echo","payload":{"total":12.50},"callbackUrl":"${callbackUrl()}"}`;
  const id = await enqueueText(user, body);
  await untilCallback(id, 'delivered');
  const [call] = target.calls;
  const { secret } = await user.get<{ secret: string }>('/webhooks/secret');
  const told = new Webhook(secret).verify(call!.body.toString(), call!.headers as Record<string, string>);
  expect(call!.body.toString()).toContain('"result":{"total":12.50}');
  const { callback: state, ...request } = await requestOf<View>(user, id);
  expect(told).toMatchObject({
    type: 'request.succeeded',
    timestamp: request.finishedAt,
    data: { ...request, callback: { status: 'sending', attempts: 1 } },
  });
  await until('it is counted', async () => {
    const metrics = await (await fetch(`${url}/metrics`)).text();
    return /^turnwise_callback_attempts_total\{outcome="delivered"\} [1-9]/m.test(metrics);
  });
  expect(state).toEqual({
    url: callbackUrl(),
    status: 'delivered',
    attempts: 1,
    lastStatus: 204,
    finishedAt: expect.any(String),
  });
});

it('a failure and a cancel send a callback', async () => {
  const failed = await user.enqueue({
    type: 'sleep',
    payload: { ms: 0, failTimes: 1 },
    maxAttempts: 1,
    callbackUrl: callbackUrl(),
  });
  const later = { type: 'echo', payload: 1, delayMs: 60_000, callbackUrl: callbackUrl() };
  const cancelled = await user.enqueue(later);
  await untilCallback(failed, 'delivered');
  expect(await callback(cancelled)).toEqual({ url: callbackUrl(), status: 'waiting', attempts: 0 });
  expect((await user.call('POST', `/requests/${cancelled}/cancel`)).status).toBe(200);
  await untilCallback(cancelled, 'delivered');
  expect(target.calls.map(bodyOf)).toMatchObject([
    { type: 'request.failed', data: { id: failed, error: { code: 'asked_to_fail' } } },
    { type: 'request.cancelled', data: { id: cancelled } },
  ]);
});

it('a callback is repeated under the same ID with a new signature, and the queue continues meanwhile', async () => {
  answer = (_call, response) => void response.writeHead(503).end();
  const id = await user.enqueue({ type: 'echo', payload: 1, callbackUrl: callbackUrl() });
  let state: Callback | undefined;
  await until('it was refused', async () => (state = await callback(id)).lastStatus === 503);
  expect(state).toMatchObject({
    status: 'sending',
    attempts: expect.any(Number),
    lastError: { code: 'http_503' },
    nextAttemptAt: expect.any(String),
  });
  await ended(user, await user.enqueue({ type: 'echo', payload: 2 }));
  answer = (_call, response) => void response.writeHead(204).end();
  await untilCallback(id, 'delivered');
  const [first, second] = target.calls.map(({ headers }) => headers);
  expect(second!['webhook-id']).toBe(first!['webhook-id']);
  expect([first!['turnwise-attempt'], second!['turnwise-attempt']]).toEqual(['1', '2']);
  expect((await callback(id)).lastError).toBeUndefined();
});

it('reports a failure as request.failed, even if it is dismissed before the target is up', async () => {
  answer = (_call, response) => void response.writeHead(503).end();
  const fails = { type: 'sleep', payload: { ms: 0, failTimes: 1 }, maxAttempts: 1 };
  const id = await user.enqueue({ ...fails, callbackUrl: callbackUrl() });
  await until('it was refused once', async () => (await callback(id)).lastStatus === 503);
  expect((await user.call('POST', `/requests/${id}/dismiss`)).status).toBe(200);
  answer = (_call, response) => void response.writeHead(204).end();
  await untilCallback(id, 'delivered');
  expect(new Set(told().map((call) => bodyOf(call).type))).toEqual(new Set(['request.failed']));
});

it('a callback fails at a final answer', async () => {
  answer = (_call, response) => void response.writeHead(410).end();
  const id = await user.enqueue({ type: 'echo', payload: 1, callbackUrl: callbackUrl() });
  await untilCallback(id, 'failed');
  expect(await callback(id)).toMatchObject({ attempts: 1, lastStatus: 410, lastError: { code: 'http_410' } });
});

it('resending a callback repeats it under the same ID', async () => {
  answer = (_call, response) => void response.writeHead(410).end();
  const id = await user.enqueue({ type: 'echo', payload: 1, callbackUrl: callbackUrl() });
  await untilCallback(id, 'failed');
  answer = (_call, response) => void response.writeHead(204).end();
  const resend = () => user.call('POST', `/requests/${id}/callback/resend`);
  const again = await resend();
  expect([again.status, await again.json()]).toMatchObject([
    200,
    { id, status: 'succeeded', callback: { status: 'sending', attempts: 0 } },
  ]);
  await untilCallback(id, 'delivered');
  await resend();
  await until('three callbacks are sent', () => told().length === 3);
  await untilCallback(id, 'delivered');
  const heads = told().map(({ headers }) => [headers['webhook-id'], headers['turnwise-attempt']]);
  expect(heads).toEqual(Array(3).fill([heads[0]![0], '1']));
});

it('resending is refused for a request without a callback, before its end, and for another user', async () => {
  const ids = [
    await user.enqueue({ type: 'echo', payload: 1 }),
    await user.enqueue({ type: 'echo', payload: 1, callbackUrl: callbackUrl(), delayMs: 60_000 }),
  ];
  for (const id of ids) {
    const refused = await user.call('POST', `/requests/${id}/callback/resend`);
    expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'no_callback' }]);
  }
  const stranger = await ApiUser.register(user.url as string);
  expect((await stranger.call('POST', `/requests/${ids[0]}/callback/resend`)).status).toBe(404);
});

it("a user's hanging callback target delays no other user", async () => {
  let [open, most] = [0, 0];
  answer = (call, response) => {
    if (call.path !== '/hangs') return void response.writeHead(204).end();
    most = Math.max(most, (open += 1));
    response.on('close', () => (open -= 1));
  };
  for (let i = 0; i < 20; i += 1)
    await user.enqueue({ type: 'echo', payload: i, callbackUrl: `${target.url}/hangs` });
  await until('it hangs', () => target.calls.length > 0);
  const other = await ApiUser.register(user.url as string);
  const id = await other.enqueue({ type: 'echo', payload: 1, callbackUrl: callbackUrl() });
  await until(
    'the other callback is delivered',
    async () => (await requestOf<View>(other, id)).callback.status === 'delivered',
  );
  expect(most).toBe(1);
});

it('a retried request that has ended again sends another callback', async () => {
  const other = await ApiUser.register(user.url as string); // the first user's callbacks still hang
  const id = await other.enqueue({
    type: 'sleep',
    payload: { ms: 0, failTimes: 1 },
    maxAttempts: 1,
    callbackUrl: callbackUrl(),
  });
  await until('the callback is delivered', async () => {
    return (await requestOf<View>(other, id)).callback.status === 'delivered';
  });
  expect((await other.call('POST', `/requests/${id}/retry`)).status).toBe(200);
  await until('two callbacks are sent', () => told().length === 2);
  const ids = told().map(({ headers }) => headers['webhook-id']);
  expect(ids[0]).not.toBe(ids[1]);
});
