/** External workers, as a program in any language. */
import { MongoClient } from 'mongodb';
import { ApiUser, AppCluster } from '../../../support/cluster';
import { ended, requestOf, RequestView } from '../../../support/enqueued';
import { ExternalWorker, externalWorker } from '../../../support/external-worker';
import { until } from '../../../support/until';

const NO_WAIT = { type: 'fixed', delayMs: 0 };

type View = RequestView & { readonly payload: unknown };

let cluster: AppCluster;
let urls: string[];
let admin: ApiUser;
let worker: ExternalWorker;
let user: ApiUser;

beforeAll(async () => {
  cluster = await AppCluster.start();
  const apps = await Promise.all([cluster.process('api'), cluster.process('all')]);
  urls = apps.map(({ url }) => url);
  ({ admin, worker } = await externalWorker(cluster, urls[0]!));
});
beforeEach(async () => {
  user = await ApiUser.register(urls[0]!);
});
afterAll(() => cluster.stop());

const enqueue = (payload: unknown = 1, more: object = {}, by = user) =>
  by.enqueue({ type: 'job', payload, ...more });

/** Waits until a claim of this type waits for requests. */
async function untilAsleep(type: string): Promise<void> {
  const redis = cluster.redis.client();
  await until('a claim waits', async () => (await redis.keys(`*:asleep:x.${type}`)).length > 0);
}

it('a claim gives a request with its exact payload, and its outcome is recorded', async () => {
  const id = await enqueue({ n: 1.5 });
  const claimed = await worker.claimOne();
  expect(claimed).toMatchObject({
    request: { id, type: 'job', payload: { n: 1.5 }, maxAttempts: 5, timeoutMs: 30_000 },
    attempt: 1,
    fencingToken: expect.any(Number),
  });
  expect((await requestOf(user, id)).status).toBe('active');
  expect(await worker.complete(claimed, { pages: 3 })).toEqual({
    status: 200,
    body: { status: 'succeeded' },
  });
  expect(await requestOf<View>(user, id)).toMatchObject({
    status: 'succeeded',
    result: { pages: 3 },
    attempts: [{ number: 1, outcome: 'succeeded', worker: expect.stringMatching(/^api-key\./) }],
  });
});

it('a report about a request that ended before the number of shards changed is answered', async () => {
  const id = await enqueue();
  const claimed = await worker.claimOne();
  const answer = await worker.complete(claimed);
  const client = await MongoClient.connect(cluster.mongodbUri);
  const requests = client.db().collection<{ _id: string }>('requests');
  await requests.updateOne({ _id: id }, { $set: { shard: 4_000 } }); // only pending requests move to another shard
  await client.close();
  expect(await worker.complete(claimed)).toEqual(answer);
  expect(await worker.extend(claimed)).toMatchObject({ status: 409, body: { code: 'lease_lost' } });
});

it('claims give one request of a user at a time, in order, and several users at once', async () => {
  const other = await ApiUser.register(urls[0]!);
  const ids = [await enqueue(1), await enqueue(2)];
  const ofOther = await enqueue(3, {}, other);
  const first = await worker.claim();
  const rest = first.length < 2 ? await worker.claim() : [];
  expect([...first, ...rest].map(({ request }) => request.id).sort()).toEqual([ids[0]!, ofOther].sort());
  expect(await worker.claim({ waitMs: 0 })).toEqual([]);
  for (const claimed of [...first, ...rest]) await worker.complete(claimed);
  const second = await worker.claimOne();
  expect(second.request.id).toBe(ids[1]);
  await worker.complete(second);
});

it('a claim waits for new requests, in every process', async () => {
  const waiting = urls.map((url) => worker.at(url).claimOne());
  const other = await ApiUser.register(urls[1]!);
  await Promise.all([enqueue(), enqueue(1, {}, other)]);
  for (const claimed of await Promise.all(waiting)) await worker.complete(claimed);
});

it('claims with a short wait are answered before one with a longer wait', async () => {
  const answered: number[] = [];
  const claim = async (waitMs: number) => {
    expect(await worker.claim({ waitMs })).toEqual([]);
    answered.push(waitMs);
  };
  const long = claim(10_000);
  for (let i = 0; i < 6; i++) await claim(1); // longer together, if each was answered only once a look is out of time
  await long;
  expect(answered).toEqual([1, 1, 1, 1, 1, 1, 10_000]);
});

it('a failed attempt is retried in place, if the worker says that it may be', async () => {
  const [first, second] = [await enqueue(1), await enqueue(2)];
  const claimed = await worker.claimOne();
  const failed = await worker.fail(claimed, { code: 'busy', message: 'Not now.' }, { retryAfterMs: 100 });
  expect(failed).toMatchObject({
    status: 200,
    body: { status: 'retrying', nextAttemptAt: expect.any(String) },
  });
  const again = await worker.claimOne();
  expect(again).toMatchObject({ request: { id: first }, attempt: 2 });
  expect(again.fencingToken).toBeGreaterThan(claimed.fencingToken);
  const forGood = await worker.fail(again, 'No such page.', { retryable: false });
  expect(forGood.body).toEqual({ status: 'failed' });
  expect(await requestOf(user, first)).toMatchObject({
    status: 'failed',
    error: { code: 'worker_error', message: 'No such page.' },
    attempts: [{ error: { code: 'busy', message: 'Not now.' } }, { outcome: 'failed' }],
  });
  const next = await worker.claimOne();
  expect(next.request.id).toBe(second);
  await worker.complete(next);
});

it('an outcome is recorded once, however often it is reported, and to whichever process', async () => {
  const id = await enqueue();
  const claimed = await worker.claimOne();
  const told = await Promise.all([0, 1, 0, 1].map((i) => worker.at(urls[i]!).complete(claimed, { by: i })));
  expect(told.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect((await requestOf(user, id)).attempts).toHaveLength(1);
  expect((await worker.fail(claimed, 'too late')).body).toEqual({ status: 'succeeded' });
});

it('a lease lasts while it is extended, and another worker gets the request once it has ended', async () => {
  const [first, second] = [await enqueue(1, { timeoutMs: 3_600_000 }), await enqueue(2)];
  const leaseMs = 10_000;
  const claimed = await worker.claimOne({ leaseMs });
  for (let i = 0; i < 4; i++) {
    const half = Date.parse(claimed.leaseUntil) + ((i - 1) * leaseMs) / 2;
    await until('half a lease has passed', () => half < Date.now());
    const { status, body } = await worker.at(urls[i % 2]!).extend(claimed, { leaseMs });
    expect([status, body['cancelRequested']]).toEqual([200, false]);
  }
  const again = await worker.claimOne();
  expect(again).toMatchObject({ request: { id: first }, attempt: 1 });
  for (const late of [worker.extend(claimed), worker.complete(claimed), worker.fail(claimed, 'late')])
    expect(await late).toMatchObject({ status: 409, body: { code: 'lease_lost' } });
  await worker.complete(again);
  expect((await requestOf(user, first)).attempts.map(({ outcome }) => outcome)).toEqual([
    'lost',
    'succeeded',
  ]);
  await worker.complete(await worker.claimOne());
  await ended(user, second);
});

it('a request fails when it has lost its third worker', async () => {
  const [first, second] = [await enqueue(1), await enqueue(2)];
  for (let i = 0; i < 3; i++) expect((await worker.claimOne({ leaseMs: 1_000 })).request.id).toBe(first);
  const next = await worker.claimOne();
  expect(next.request.id).toBe(second);
  await worker.complete(next);
  expect(await requestOf(user, first)).toMatchObject({ status: 'failed', error: { code: 'worker_lost' } });
});

it("an extension reports a cancel to the worker, and the user's next request waits for the end", async () => {
  const [first, second] = [await enqueue(1), await enqueue(2)];
  const claimed = await worker.claimOne();
  await user.does('POST', `/requests/${first}/cancel`);
  expect((await worker.extend(claimed)).body).toMatchObject({ cancelRequested: true });
  expect(await worker.claim({ waitMs: 0 })).toEqual([]);
  expect((await worker.complete(claimed)).body).toEqual({ status: 'cancelled' });
  const next = await worker.claimOne();
  expect(next.request.id).toBe(second);
  await worker.complete(next);
});

it('an extension is refused after the time limit of the attempt', async () => {
  await enqueue(1, { timeoutMs: 3_000, maxAttempts: 1 });
  const claimed = await worker.claimOne();
  await until('the limit is reached', () => Date.parse(claimed.leaseUntil) < Date.now());
  expect(await worker.extend(claimed)).toMatchObject({ status: 409, body: { code: 'lease_lost' } });
  await worker.complete(claimed);
});

it('an attempt that used up its time counts as timed out', async () => {
  const [first, second] = [
    await enqueue(1, { timeoutMs: 3_000, maxAttempts: 2, backoff: NO_WAIT }),
    await enqueue(2),
  ];
  const silent = await worker.claimOne();
  expect(silent.leaseMs).toBeLessThanOrEqual(3_000); // as a duration, because the clocks of two hosts may differ
  const extended = await worker.claimOne({ leaseMs: 10_000 });
  expect(extended).toMatchObject({ request: { id: first }, attempt: 2 });
  await worker.extend(extended, { leaseMs: 10_000 });
  const next = await worker.claimOne();
  expect(next.request.id).toBe(second);
  for (const late of [silent, extended])
    expect(await worker.complete(late)).toMatchObject({ status: 409, body: { code: 'lease_lost' } });
  await worker.complete(next);
  const error = { code: 'timed_out', message: expect.stringContaining('3000 ms') };
  expect(await requestOf(user, first)).toMatchObject({
    ...{ status: 'failed', error },
    attempts: [1, 2].map((number) => ({ number, outcome: 'timed_out', error })),
  });
});

it.each([
  { what: 'has had all its time', more: { timeoutMs: 3_000, maxAttempts: 1 }, claims: 1, code: 'timed_out' },
  { what: 'has lost its third worker', more: {}, claims: 3, code: 'worker_lost' },
])(
  "a request that $what ends, and the user's queue continues, although no worker of its type returns",
  async ({ more, claims, code }) => {
    const [first, next] = [await enqueue(1, more), await user.enqueue({ type: 'echo', payload: 1 })];
    for (let i = 0; i < claims; i++) {
      const claimed = await worker.claimOne(claims === 1 ? {} : { leaseMs: 1_000 });
      expect([claimed.request.id, claimed.attempt]).toEqual([first, 1]);
    }
    expect(await ended(user, first)).toMatchObject({ status: 'failed', error: { code } });
    const { attempts } = await requestOf(user, first);
    expect(attempts.map(({ outcome }) => outcome)).toEqual(
      Array.from({ length: claims }, () => (claims === 1 ? 'timed_out' : 'lost')),
    );
    expect((await ended(user, next)).status).toBe('succeeded');
  },
);

it('an attempt whose lease ended before its time limit is not counted', async () => {
  const id = await enqueue(1, { timeoutMs: 10_000 });
  await worker.claimOne({ leaseMs: 1_000 });
  const again = await worker.claimOne();
  expect(again.attempt).toBe(1);
  await worker.complete(again);
  expect((await requestOf(user, id)).attempts.map(({ outcome }) => outcome)).toEqual(['lost', 'succeeded']);
});

it('a request is given to another worker if the client of a waiting claim has gone', async () => {
  const others = await ExternalWorker.of(admin, urls[0]!, { left: {} });
  const stop = new AbortController();
  const gone = fetch(`${urls[0]}/work/claim`, {
    method: 'POST',
    headers: { authorization: `Bearer ${admin.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ types: ['left'], waitMs: 20_000 }),
    signal: stop.signal,
  }).catch(() => undefined);
  await untilAsleep('left');
  stop.abort();
  expect(await gone).toBeUndefined();
  const id = await user.enqueue({ type: 'left', payload: 1 });
  const claimed = await others.claimOne();
  expect(claimed).toMatchObject({ request: { id }, attempt: 1 });
  await others.complete(claimed);
  expect((await requestOf(user, id)).attempts).toHaveLength(1);
});

it('a waiting claim of a key that was deleted gets nothing', async () => {
  const others = await ExternalWorker.of(admin, urls[0]!, { rare: {} });
  const made = await admin.call('POST', '/auth/api-keys', { name: 'ends', scopes: ['work'] });
  const { id: keyId, key } = (await made.json()) as { id: string; key: string };
  const ending = ApiUser.withKey(urls[0]!, key);
  const waiting = ending.call('POST', '/work/claim', { types: ['rare'], waitMs: 30_000 });
  await untilAsleep('rare');
  expect((await admin.call('DELETE', `/auth/api-keys/${keyId}`)).status).toBe(204);
  const id = await user.enqueue({ type: 'rare', payload: 'secret' });
  expect(await (await waiting).json()).toEqual({ items: [] });
  const claimed = await others.claimOne();
  expect(claimed).toMatchObject({ request: { id }, attempt: 1 });
  await others.complete(claimed);
});

it('a process stops listening for a client that has gone (P4)', async () => {
  const { worker: gone } = await externalWorker(cluster, urls[0]!);
  const redis = cluster.redis.client();
  const listening = async () => new Set((await redis.pubsub('CHANNELS')) as string[]);
  const before = await listening();
  const mine = async () => [...(await listening())].filter((channel) => !before.has(channel));
  const claiming = gone.claim({ waitMs: 1_000, leaseMs: 1_234 });
  await until('it is listened for', async () => (await mine()).length > 0);
  await claiming;
  await until('no channel is left', async () => (await mine()).length === 0);
});

it('an in-process handler and an external worker serve one queue in order', async () => {
  const ids = [
    await enqueue(1),
    await user.enqueue({ type: 'echo', payload: 2 }),
    await enqueue(3),
    await user.enqueue({ type: 'echo', payload: 4 }),
  ];
  for (const id of [ids[0], ids[2]]) {
    const claimed = await worker.claimOne();
    expect(claimed.request.id).toBe(id);
    await worker.complete(claimed);
  }
  for (const id of ids) await ended(user, id);
  expect(await user.get('/queue/audit')).toMatchObject({ clean: true, checked: 4 });
});

it.each([
  ['a type that is not external', { types: ['echo'] }, '/types/0'],
  ['an unknown type', { types: ['job', 'nothing'] }, '/types/1'],
  ['no types', { types: [] }, '/types'],
  ['a lease that outlives the view', { types: ['job'], leaseMs: 60_000 }, '/leaseMs'],
  ['too many', { types: ['job'], max: 101 }, '/max'],
  ['too long a wait', { types: ['job'], waitMs: 60_001 }, '/waitMs'],
])('a claim refuses %s, and names the field', async (_what, body, pointer) => {
  const answer = await worker.post<{ errors: { pointer: string }[] }>('/work/claim', body);
  expect([answer.status, answer.body.errors[0]?.pointer]).toEqual([422, pointer]);
});

it('a claim names at most 32 wrong types', async () => {
  const types = Array.from({ length: 40 }, (_, i) => `nothing-${i}`);
  const answer = await worker.post<{ errors: object[] }>('/work/claim', { types });
  expect([answer.status, answer.body.errors.length]).toEqual([422, 32]);
});

it('the routes of workers require the scope work and an external type', async () => {
  expect((await user.call('POST', '/work/claim', { types: ['job'] })).status).toBe(403);
  const echo = await user.enqueue({ type: 'echo', payload: 1 });
  expect(await worker.post(`/work/${echo}/complete`, { fencingToken: 1 })).toMatchObject({ status: 404 });
});

it('a lease is accepted only from the account that claimed it, with any of its keys', async () => {
  const stranger = await ExternalWorker.of(await cluster.admin(urls[0]!), urls[1]!, {});
  const replacement = await ExternalWorker.of(admin, urls[1]!, {});
  const id = await enqueue();
  const claimed = await worker.claimOne();
  const refused = { status: 409, body: { code: 'lease_lost' } };
  expect(await stranger.extend(claimed)).toMatchObject(refused);
  expect(await stranger.fail(claimed, 'mine', { retryable: false })).toMatchObject(refused);
  expect(await stranger.complete(claimed, 'mine')).toMatchObject(refused);
  expect(await replacement.extend(claimed)).toMatchObject({ status: 200 });
  expect(await replacement.complete(claimed, 'ours')).toMatchObject({ status: 200 });
  expect(await stranger.complete(claimed, 'mine')).toMatchObject(refused);
  expect(await requestOf<View>(user, id)).toMatchObject({ status: 'succeeded', result: 'ours' });
});

it('a key that may only enqueue is refused on every route of workers', async () => {
  const made = await user.call('POST', '/auth/api-keys', { name: 'shop', scopes: ['enqueue'] });
  const key = ApiUser.withKey(urls[0]!, ((await made.json()) as { key: string }).key);
  const id = await enqueue();
  const claimed = await worker.claimOne();
  const { fencingToken } = claimed;
  for (const [path, body] of [
    ['/work/claim', { types: ['job'] }],
    [`/work/${id}/extend`, { fencingToken }],
    [`/work/${id}/fail`, { fencingToken, error: 'no' }],
    [`/work/${id}/complete`, { fencingToken }],
  ] as const)
    expect([path, (await key.call('POST', path, body)).status]).toEqual([path, 403]);
  expect((await requestOf(user, id)).status).toBe('active');
  expect((await worker.complete(claimed)).body).toEqual({ status: 'succeeded' });
});
