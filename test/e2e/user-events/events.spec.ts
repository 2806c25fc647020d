/** `GET /events`, over two processes. */
import { createHmac } from 'node:crypto';
import { ApiUser, AppCluster, SECRET } from '../../support/cluster';
import { ended } from '../../support/enqueued';
import { EventReader } from '../../support/event-reader';
import { isEventId } from '../../../src/user-events/event-id';
import { until } from '../../support/until';

let cluster: AppCluster;
let urls: string[];
let user: ApiUser;
let elsewhere: ApiUser;
let readers: EventReader[];

beforeAll(async () => {
  cluster = await AppCluster.start();
  const apps = await Promise.all([cluster.process('all'), cluster.process('api')]);
  urls = apps.map(({ url }) => url);
});
beforeEach(async () => {
  readers = [];
  user = await ApiUser.register(urls[0]!);
  elsewhere = ApiUser.withKey(urls[1]!, user.token);
});
afterEach(() => readers.forEach((reader) => reader.close()));
afterAll(() => cluster.stop());

async function open(by: ApiUser, headers: Record<string, string> = {}): Promise<EventReader> {
  const reader = await EventReader.open(by, headers);
  readers.push(reader);
  return reader;
}

const lastIs = (reader: EventReader, type: string) =>
  until(`${type} arrives`, () => reader.types.at(-1) === type);
const sleep = (more: object = {}) => ({
  type: 'sleep',
  payload: { ms: 0, failTimes: 1 },
  backoff: { type: 'fixed', delayMs: 1 },
  ...more,
});

it("the stream sends a user's events in order, from every process, and no other user's", async () => {
  const other = await open(await ApiUser.register(urls[0]!));
  const both = [await open(user), await open(elsewhere)];
  const [first, second] = [
    await user.enqueue(sleep()),
    await elsewhere.enqueue({ type: 'echo', payload: 1 }),
  ];
  for (const reader of both) await until('both have ended', () => reader.of(second).length === 3);
  const [one, two] = both;
  expect(one!.of(first)).toEqual(
    ['accepted', 'started', 'retrying', 'started', 'succeeded'].map((type) => `request.${type}`),
  );
  expect(one!.of(second)).toEqual(['accepted', 'started', 'succeeded'].map((type) => `request.${type}`));
  const at = (type: string, requestId: string) =>
    one!.events.findIndex(({ event, data }) => event === type && data.requestId === requestId);
  expect(at('request.succeeded', first)).toBeLessThan(at('request.started', second));
  expect(two!.events).toEqual(one!.events);
  expect(one!.events.find(({ event }) => event === 'request.retrying')?.data).toMatchObject({
    type: 'request.retrying',
    at: expect.stringMatching(/Z$/),
    nextAttemptAt: expect.stringMatching(/Z$/),
  });
  expect(other.events).toEqual([]);
});

it('the stream sends events for decisions about requests and the queue', async () => {
  const reader = await open(user);
  await user.does('PATCH', '/queue', { onFailure: 'halt' });
  const failed = await user.enqueue(sleep({ maxAttempts: 1 }));
  await lastIs(reader, 'queue.halted');
  await user.does('POST', `/requests/${failed}/dismiss`);
  await lastIs(reader, 'queue.released');
  await user.does('POST', '/queue/pause');
  const cancelled = await user.enqueue({ type: 'echo', payload: 1 });
  await user.does('POST', `/requests/${cancelled}/cancel`);
  await lastIs(reader, 'request.cancelled');
  await user.does('POST', '/queue/resume');
  await lastIs(reader, 'queue.resumed');
  expect(reader.types).toEqual([
    ...['request.accepted', 'request.started', 'request.failed', 'queue.halted'],
    ...['request.dismissed', 'queue.released', 'queue.paused'],
    ...['request.accepted', 'request.cancelled', 'queue.resumed'],
  ]);
});

it('a stream that is opened again sends each missed event once and in order', async () => {
  const whole = await open(user);
  const broken = await open(elsewhere);
  await ended(user, await user.enqueue({ type: 'echo', payload: 0 }));
  await until('three events arrive', () => broken.events.length === 3);
  broken.close();
  const requests = Array.from({ length: 70 }, (_, i) => ({ type: 'echo', payload: i }));
  await user.does('POST', '/enqueue/batch', { requests });
  await until('all events arrive', () => whole.events.length === 3 + 210);
  const again = await open(elsewhere, { 'last-event-id': broken.lastId });
  await until('the missed events arrive', () => again.events.length >= 210);
  await ended(user, await user.enqueue({ type: 'echo', payload: 1 }));
  await until('and new ones', () => whole.events.length === 216 && again.events.length === 213);
  expect([...broken.events, ...again.events]).toEqual(whole.events);
});

it.each(['100-0', 'nonsense', '99999999999999999999-0'])(
  'the stream resets a client that received %s last',
  async (lastEventId) => {
    const reader = await open(user, { 'last-event-id': lastEventId });
    await until('the reset arrives', () => reader.types.length === 1);
    expect(reader.types).toEqual(['reset']);
    await ended(user, await user.enqueue({ type: 'echo', payload: 1 }));
    await until('it goes on', () => reader.types.length === 4);
  },
);

it('the stream begins with its position for a client that sends an empty Last-Event-ID', async () => {
  const reader = await open(user, { 'last-event-id': '' });
  expect(isEventId(reader.lastId)).toBe(true);
});

it('the stream sends a client no events that another client has missed', async () => {
  const mine = await open(user);
  const other = await ApiUser.register(urls[0]!);
  const theirs = await open(other);
  await ended(user, await user.enqueue({ type: 'echo', payload: 1 }));
  await ended(other, await other.enqueue({ type: 'echo', payload: 2 }));
  await ended(user, await user.enqueue({ type: 'echo', payload: 3 }));
  await until('all events arrive', () => mine.events.length === 6 && theirs.events.length === 3);
  for (const { id } of [mine.events[0]!, mine.events.at(-1)!]) {
    const again = await open(other, { 'last-event-id': id });
    const next = await other.enqueue({ type: 'echo', payload: 4 });
    await until('it goes on', () => again.of(next).length === 3);
    expect(again.types).toEqual(['reset', 'request.accepted', 'request.started', 'request.succeeded']);
  }
});

it('the stream resets a client that has missed more than is stored', async () => {
  const whole = await open(user);
  const broken = await open(user);
  await ended(user, await user.enqueue({ type: 'echo', payload: 0 }));
  await until('three events arrive', () => broken.events.length === 3);
  broken.close();
  const requests = Array.from({ length: 250 }, (_, i) => ({ type: 'echo', payload: i }));
  await user.does('POST', '/queue/pause'); // so that the events need no worker
  for (let i = 0; i < 3; i++) await user.does('POST', '/enqueue/batch', { requests });
  await user.does('DELETE', '/queue/requests');
  await until('all events arrive', () => whole.events.length === 3 + 1 + 2 * 750);
  const again = await open(user, { 'last-event-id': broken.lastId });
  await until('the reset arrives', () => again.types.length > 0);
  expect(again.types).toEqual(['reset']);
});

it('the stream resets every client when Redis is lost, and continues', async () => {
  const reader = await open(user);
  await cluster.redis.client().flushall();
  await ended(user, await user.enqueue({ type: 'echo', payload: 1 }));
  const back = await open(user, { 'last-event-id': reader.lastId });
  await until('the reset arrives', () => back.types.includes('reset'));
  const id = await user.enqueue({ type: 'echo', payload: 2 });
  await until('it goes on', () => back.of(id).length === 3);
});

it('the stream forbids proxies to store or delay it', async () => {
  const { headers } = (await open(user)).answer;
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-request-id': expect.any(String),
  });
});

it('the stream ends with its session', async () => {
  const [reader, other] = [await open(elsewhere), await open(await ApiUser.register(urls[0]!))];
  await user.does('POST', '/auth/logout');
  await until('it has ended', () => reader.hasEnded);
  expect(other.hasEnded).toBe(false);
});

it('the stream ends with its access token', async () => {
  const claims = JSON.parse(Buffer.from(user.token.split('.')[1]!, 'base64url').toString()) as object;
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const soon = Math.floor(Date.now() / 1000) + 30; // s, for the stream to begin in
  const signed = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded({ ...claims, exp: soon })}`;
  const signature = createHmac('sha256', SECRET).update(signed).digest('base64url');
  const reader = await open(ApiUser.withKey(urls[0]!, `${signed}.${signature}`));
  const other = await open(user);
  await until('it has ended', () => reader.hasEnded);
  expect(other.hasEnded).toBe(false);
});

it('the stream is refused without a session, and above the limit of open streams', async () => {
  expect((await fetch(`${urls[0]}/events`)).status).toBe(401);
  for (let i = 0; i < 50; i++) await open(user);
  const refused = await user.call('GET', '/events');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10']);
  await refused.body?.cancel();
});

it('a user without a listening client leaves no events in Redis', async () => {
  await ended(user, await user.enqueue({ type: 'echo', payload: 1 }));
  const { id } = await user.get<{ id: string }>('/auth/me');
  await until('nothing is left', async () => (await cluster.redis.client().keys(`*${id}*`)).length === 0);
});

it('HEAD /events answers with the headers, and ends', async () => {
  const answer = await user.call('HEAD', '/events');
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
    200,
    'text/event-stream; charset=utf-8',
    '',
  ]);
});
