/** The bytes that a user may store in a day. */
import { StoredBytes } from '../../../src/auth/throttle/stored-bytes';
import { ApiUser } from '../../support/cluster';
import { startTestApp, TestApp } from '../../support/test-app';
import { until } from '../../support/until';

const LARGE = 'x'.repeat(250_000);
const DAY_S = 86_400;

let test: TestApp;
let user: ApiUser;
let other: ApiUser;
beforeAll(async () => (test = await startTestApp({ QUEUE_DAILY_MB: '3' })));
afterAll(() => test.close());
beforeEach(async () => {
  [user, other] = [await ApiUser.register(test.url), await ApiUser.register(test.url)];
  await until('the shards are open', async () => (await user.call('GET', '/queue')).status === 200);
});

const counted = () => test.app.get(StoredBytes).counted();
const LATER = { type: 'echo', payload: LARGE, delayMs: 3_600_000 };
const small = { type: 'echo', payload: 1 };
const enqueue = (headers: Record<string, string> = {}, body: object = small) =>
  user.call('POST', '/enqueue', body, headers);

it('a user above the limit of stored bytes is refused and gets earlier answers again; other users are served', async () => {
  const key = { 'idempotency-key': 'first' };
  const first = await (await enqueue(key, LATER)).json();
  const batchKey = { 'idempotency-key': 'batch' };
  const requests = [LATER, LATER].map(({ type, payload }) => ({ type, payload }));
  const batch = { requests, delayMs: LATER.delayMs };
  const firstBatch = await (await user.call('POST', '/enqueue/batch', batch, batchKey)).json();
  for (const more of [2, 5, 5]) {
    for (let i = 0; i < more; i += 1) expect((await enqueue({}, LATER)).status).toBe(202);
    await counted();
  }

  for (const refused of [
    await enqueue(),
    await enqueue({ 'idempotency-key': 'new' }),
    await user.call('POST', '/enqueue/batch', { requests: [small] }),
  ]) {
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ code: 'storage_full' });
    const retryAfter = Number(refused.headers.get('retry-after'));
    expect(retryAfter).toBeGreaterThan(DAY_S / 2);
    expect(retryAfter).toBeLessThanOrEqual(DAY_S);
  }
  const replayed = await enqueue(key, LATER);
  expect([replayed.status, replayed.headers.get('idempotent-replayed')]).toEqual([202, 'true']);
  expect(await replayed.json()).toEqual(first);
  const replayedBatch = await user.call('POST', '/enqueue/batch', batch, batchKey);
  expect([replayedBatch.status, await replayedBatch.json()]).toEqual([202, firstBatch]);
  expect((await other.call('POST', '/enqueue', small)).status).toBe(202);
});

it('the limit of stored bytes counts results', async () => {
  const statuses: number[] = [];
  // 2.75 MB of payloads, which is within the limit, and as much of results.
  for (let i = 0; i < 11; i += 1) {
    const answer = await enqueue({ prefer: 'wait=60' }, { type: 'echo', payload: LARGE });
    statuses.push(answer.status);
    await answer.text();
    await counted();
  }
  expect([statuses[0], statuses.at(-1)]).toEqual([200, 429]);
  expect((await other.call('POST', '/enqueue', small)).status).toBe(202);
});
