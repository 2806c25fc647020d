import { SECOND_MS } from '../../../src/common/time/units';
import { MOST_VIEW_MS } from '../../../src/config/durations';
import { tagOf } from '../../../src/queue/keys';
import type { QueueControl } from '../../../src/queue/queue-control';
import { QueueDriver } from '../../support/queue-driver';
import { QueueFixture, QueueProcess } from '../../support/queue-fixture';

let fixture: QueueFixture;
let one: QueueProcess;
let user: QueueDriver;

beforeAll(async () => {
  fixture = await QueueFixture.start();
  one = await fixture.process({ QUEUE_MAX_MB: '1' });
});
afterAll(() => fixture.stop());
beforeEach(() => (user = QueueDriver.ofNewUser(one)));

const apply = (version: number, control: Partial<QueueControl>) =>
  user.permitted((permit) =>
    user.controls.apply(permit, { userId: user.userId, version, paused: false, ...control }),
  );
const release = (token: number) =>
  user.permitted((permit) => user.controls.liftHalt(permit, user.userId, token));
const key = (name: string) => `${tagOf(one.queues.shardOf(user.userId))}:${user.userId}:${name}`;
const snapshot = async () => (await one.queues.snapshot(user.userId))!;

it('older settings never replace newer ones, and settings may be applied again', async () => {
  await user.accept('a');
  await apply(2, { paused: true });
  await apply(1, { paused: false });
  expect(await user.claim()).toBeUndefined();
  expect(await snapshot()).toMatchObject({ paused: true });
  await apply(3, { paused: false });
  await apply(3, { paused: false });
  expect(await user.claim()).toMatchObject({ requestId: 'a' });
});

it("a pause is visible to readers that use Bull's API", async () => {
  await apply(1, { paused: true });
  expect(await fixture.redis.client().get(key('meta-paused'))).toBe('1');
  await apply(2, { paused: false });
  expect(await fixture.redis.client().exists(key('meta-paused'))).toBe(0);
});

it('the settings key of a user with the defaults expires soon after a view would', async () => {
  await apply(1, { paused: true, maxDepth: 5, rate: { limit: 1, perMs: 1000 } });
  expect(await fixture.redis.client().ttl(key('control'))).toBe(-1);
  await apply(2, {});
  const left = await fixture.redis.client().hgetall(key('control'));
  expect(left).toEqual({ version: '2' });
  const ttl = await fixture.redis.client().ttl(key('control'));
  expect([ttl * SECOND_MS > MOST_VIEW_MS, ttl < 400]).toEqual([true, true]);
});

it("a user's own depth limits their queue", async () => {
  await apply(1, { maxDepth: 1 });
  await user.accept('a');
  expect(await user.hold('b')).toEqual({ outcome: 'full' });
  await apply(2, {});
  expect(await user.hold('b')).toMatchObject({ outcome: 'held' });
  await apply(3, { maxDepth: 0 });
  expect(await user.hold('c')).toEqual({ outcome: 'full' });
});

it("a user's own depth limits their bytes in proportion, and one payload always fits", async () => {
  const megabytes = (n: number) => ({ payload: 'x'.repeat(n * 1_000_000) });
  await user.accept('a', megabytes(2));
  expect(await user.hold('b', megabytes(1))).toEqual({ outcome: 'heavy' });
  await apply(1, { maxDepth: 3 * user.item('any').maxDepth });
  expect(await user.hold('c', megabytes(1))).toMatchObject({ outcome: 'held' });
  expect(await user.hold('d', megabytes(1))).toEqual({ outcome: 'heavy' });
  await apply(2, { maxDepth: 3 });
  expect(await user.hold('e', megabytes(1))).toEqual({ outcome: 'heavy' });
  expect(await user.hold('f')).toMatchObject({ outcome: 'held' });
});

it("a user's own rate limits their starts, and the limit ends with the setting", async () => {
  const perMs = 3_600_000;
  await apply(1, { rate: { limit: 2, perMs } });
  for (const id of ['a', 'b', 'c']) await user.accept(id);
  const first = await user.claim();
  const second = await user.settle('a', first!.token, { want: 'next' });
  if (second.outcome !== 'settled' || !second.next) throw new Error('b was not given');
  expect(await user.settle('b', second.next.token, { want: 'next' })).toEqual({ outcome: 'settled' });
  const { nextDueAt, now } = await snapshot();
  // Two starts were saved up; the third comes half a period after the first.
  expect(nextDueAt! - now).toBeGreaterThan(perMs / 2 - 60_000);
  expect(nextDueAt! - now).toBeLessThanOrEqual(perMs / 2);
  await apply(2, {});
  expect(await user.claim()).toMatchObject({ requestId: 'c' });
});

it('a rate counts no start if nothing was started (P5)', async () => {
  await apply(1, { rate: { limit: 1, perMs: 3_600_000 } });
  for (const id of ['a', 'b', 'c']) await user.accept(id);
  const looked = await user.claim();
  const second = await user.settle('a', looked!.token, { isUnused: true, want: 'next' });
  if (second.outcome !== 'settled' || !second.next) throw new Error('b was not given');
  expect(second.next).toMatchObject({ requestId: 'b' });
  expect(await user.settle('b', second.next.token, { want: 'next' })).toEqual({ outcome: 'settled' });
  expect(await user.claim()).toBeUndefined();
});

describe('a halt', () => {
  /** Runs the head to a failure that halts the queue. */
  async function fail(requestId: string) {
    const job = await user.claim();
    expect(job).toMatchObject({ requestId });
    await user.settle(requestId, job!.token, { halting: job!.token, want: 'next' });
    return job!.token;
  }

  it('is set in the same step as the turn ends, and lifted once', async () => {
    await user.accept('a');
    await user.accept('b');
    const token = await fail('a');
    expect(await user.claim()).toBeUndefined();
    expect(await snapshot()).toMatchObject({ halted: true, depth: 1 });
    await release(token);
    expect(await user.claim()).toMatchObject({ requestId: 'b' });
  });

  it('stays when an earlier failure is decided about again', async () => {
    await user.accept('a');
    await user.accept('b');
    const first = await fail('a');
    await release(first);
    const second = await fail('b');
    await release(first);
    expect(await snapshot()).toMatchObject({ halted: true });
    await release(second);
    expect(await snapshot()).toMatchObject({ halted: false });
  });

  it('is not set if it was lifted before', async () => {
    await user.accept('a');
    await user.accept('b');
    const job = await user.claim();
    await release(job!.token);
    await user.settle('a', job!.token, { halting: job!.token });
    expect(await user.claim()).toMatchObject({ requestId: 'b' });
  });
});

describe('a purge', () => {
  it('has all waiting requests looked up, and none that come later', async () => {
    await user.accept('a');
    await user.accept('b');
    const running = await user.claim();
    const mark = await user.permitted((permit) => user.controls.beginPurge(permit, user.userId));
    expect(mark).toMatchObject({ activeId: 'a', lastToken: running!.token + 1 });
    await user.accept('c');
    await user.settle('a', running!.token);
    const b = await user.claim();
    expect(b).toMatchObject({ requestId: 'b', lookUp: 'doubtful' });
    await user.settle('b', b!.token);
    expect(await user.claim()).toMatchObject({ requestId: 'c', lookUp: 'none' });
    expect(await fixture.redis.client().hexists(key('control'), 'check')).toBe(0);
  });

  it('covers a request that is at the head before an older one that was put back', async () => {
    const older = await user.accept('older');
    await user.settle('older', (await user.claim())!.token);
    await user.accept('retrying');
    const attempt = await user.claim();
    await user.settle('retrying', attempt!.token, { op: 'retry', attemptsMade: 1, notBefore: 1 });
    await user.permitted((permit) => one.queues.putBack(permit, { ...user.item('older'), seq: older }));
    await user.confirm('older', older);
    await user.permitted((permit) => user.controls.beginPurge(permit, user.userId));
    const first = await user.claim();
    expect(first).toMatchObject({ requestId: 'retrying', lookUp: 'doubtful' });
    await user.settle('retrying', first!.token);
    expect(await user.claim()).toMatchObject({ requestId: 'older', lookUp: 'doubtful' });
  });

  it('leaves no mark on an empty queue', async () => {
    await user.accept('a');
    await user.permitted((permit) => user.controls.beginPurge(permit, user.userId));
    await user.permitted((permit) => one.queues.remove(permit, user.userId, 'a'));
    expect(await fixture.redis.client().exists(key('control'))).toBe(0);
  });
});

it('a listing misses nothing when others leave between two pages', async () => {
  const inAnHour = { runAt: Date.now() + 3_600_000 };
  for (const id of ['s1', 's2', 's3', 's4']) await user.accept(id, inAnHour);
  for (const id of ['w1', 'w2', 'w3', 'w4']) await user.accept(id);
  const listed = await user.permitted(async (permit) => {
    const ids: string[] = [];
    for await (const places of user.controls.waiting(permit, user.userId, 2)) {
      ids.push(...places.map(({ requestId }) => requestId));
      const [first] = places;
      if (first) await one.queues.remove(permit, user.userId, first.requestId);
    }
    return ids;
  });
  expect(listed).toEqual(['s1', 's2', 's3', 's4', 'w1', 'w2', 'w3', 'w4']);
});
