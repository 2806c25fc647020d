/** `@turnwise/client` repeats calls as docs/clients.md says. */
import { createTurnwise, type TurnwiseOptions } from '@turnwise/client';
import { operationsOf } from '../../support/openapi-document';

const URL = 'http://127.0.0.1:1';
const LOST = new TypeError('fetch failed');
/** Longer than all waits without a Retry-After. */
const LONG_MS = 60_000;

type Reply = () => Response;
const answer =
  (status: number, headers: Record<string, string> = {}): Reply =>
  () =>
    Response.json({ code: `test_${status}` }, { status, headers });
const lost: Reply = () => {
  throw LOST;
};
const broken: Reply = () =>
  new Response(new ReadableStream({ pull: (body) => body.error(LOST) }), { status: 202 });

let sent: Request[];
beforeEach(() => {
  sent = [];
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

/** A client whose calls get these replies; the last one again and again. */
const client = (replies: Reply[], more: Partial<TurnwiseOptions> = {}) =>
  createTurnwise({
    url: URL,
    fetch: async (request) => {
      sent.push(request);
      return Promise.resolve(replies[Math.min(sent.length, replies.length) - 1]!());
    },
    ...more,
  });

/** Lets the fake clock run, and what follows from it. */
async function pass(ms: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(ms);
  await new Promise((resolve) => setImmediate(resolve));
}

/** What a call gives after so much time that it has made all its repeats. */
async function endOf<T>(call: Promise<T>): Promise<T | Error> {
  const end = call.catch((error: unknown) => error as Error);
  for (let i = 0; i < 10; i++) await pass(LONG_MS);
  return end;
}

const keys = () => sent.map(({ headers }) => headers.get('idempotency-key'));
const body = { type: 'echo', payload: 1 };
const login = { email: 'a@example.com', password: 'not a secret' };

it.each([
  ['no answer', lost],
  ['an answer that breaks off', broken],
  ['a 429', answer(429)],
  ['a 500', answer(500)],
  ['a 502 of a proxy', answer(502)],
  ['a 503', answer(503)],
])('repeats an enqueue after %s, with one key', async (_name, reply) => {
  const turnwise = client([reply, answer(202)]);
  expect(await endOf(turnwise.POST('/enqueue', { body }))).toMatchObject({ response: { status: 202 } });
  expect(await sent[1]!.json()).toEqual(body);
  const [first, second] = keys();
  expect(first).toMatch(/^[\d-]+$/);
  expect(second).toBe(first);
  await turnwise.POST('/enqueue', { body });
  expect(keys()[2]).not.toBe(first);
});

it.each([
  { params: { header: { 'Idempotency-Key': 'order-1' } } },
  { headers: { 'idempotency-key': 'order-1' } },
])("sends the caller's key: %j", async (init) => {
  await endOf(client([lost, answer(202)]).POST('/enqueue', { body, ...init }));
  expect(keys()).toEqual(['order-1', 'order-1']);
});

it('repeats a call four times, and gives back its last answer', async () => {
  const replies = [answer(503), lost, answer(503), lost, answer(504)];
  const { error, response } = (await endOf(client(replies).GET('/queue'))) as Record<string, unknown>;
  expect([error, (response as Response).status]).toEqual([{ code: 'test_504' }, 504]);
  expect(sent).toHaveLength(5);
});

it('gives back the last error', async () => {
  expect(await endOf(client([answer(503), lost], { retries: 2 }).GET('/queue'))).toBe(LOST);
  expect(sent).toHaveLength(3);
});

it('repeats nothing with 0 retries, and sends no key of its own', async () => {
  expect(await endOf(client([lost], { retries: 0 }).POST('/enqueue', { body }))).toBe(LOST);
  expect(keys()).toEqual([null]);
});

it.each([400, 401, 404, 408, 409, 422])('does not repeat a %i', async (status) => {
  await endOf(client([answer(status)]).POST('/enqueue', { body }));
  expect(sent).toHaveLength(1);
});

it('repeats a login after a 429, and not after no answer or a 5xx', async () => {
  for (const [reply, times] of [[answer(429), 2] as const, [lost, 1] as const, [answer(503), 1] as const]) {
    sent = [];
    await endOf(client([reply, answer(200)]).POST('/auth/login', { body: login }));
    expect(sent).toHaveLength(times);
  }
});

it('repeats, after no answer, just what the document says, and no purge', async () => {
  const operations = [...(await operationsOf()).values()];
  const says = operations.filter(
    ({ method, operationId = '', description = '', parameters = [] }) =>
      (!['post', 'patch'].includes(method) && !operationId.startsWith('purge')) ||
      /safe to repeat|repeat the call/i.test(description) ||
      parameters.some((each) => 'name' in each && each.name === 'Idempotency-Key'),
  );
  const repeated = [];
  for (const operation of operations) {
    sent = [];
    const { method, path } = operation;
    const call = client([lost], { retries: 1 }).request as (...of: string[]) => Promise<unknown>;
    await endOf(call(method, path));
    if (sent.length === 2) repeated.push(operation);
  }
  expect(repeated.map(({ operationId }) => operationId)).toEqual(says.map(({ operationId }) => operationId));
});

it.each([
  ['seconds', () => '20'],
  ['a date', () => new Date(Date.now() + 20_000).toUTCString()],
])('waits as long as a Retry-After in %s says', async (_form, value) => {
  jest.setSystemTime(1_800_000_000_000);
  const call = client([answer(503, { 'retry-after': value() }), answer(200)]).GET('/queue');
  await pass(19_999);
  expect(sent).toHaveLength(1);
  await pass(1);
  expect(sent).toHaveLength(2);
  expect((await call).response.status).toBe(200);
});

it('gives back an answer whose Retry-After is longer than a minute', async () => {
  const { response } = await client([answer(429, { 'retry-after': '61' })]).POST('/enqueue', { body });
  expect(response.status).toBe(429);
});

it('makes its backoff longer, up to ten seconds', async () => {
  jest.spyOn(Math, 'random').mockReturnValue(1);
  const call = client([lost], { retries: 7 }).GET('/queue');
  call.catch(() => undefined);
  for (const [i, ms] of [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000].entries()) {
    await pass(ms - 1);
    expect(sent).toHaveLength(i + 1);
    await pass(1);
  }
  await expect(call).rejects.toBe(LOST);
});

it('ends at once when its signal aborts', async () => {
  const stop = new AbortController();
  const call = client([answer(503, { 'retry-after': '30' })]).GET('/queue', { signal: stop.signal });
  const end = call.catch((error: unknown) => error);
  await pass(1_000);
  stop.abort(new Error('enough'));
  expect(await end).toEqual(new Error('enough'));
  expect(jest.getTimerCount()).toBe(0);
  await pass(LONG_MS);
  expect(sent).toHaveLength(1);
});
