import Bull from 'bull';
import type { HoldItem } from '../../../src/queue/scripts/hold';
import type { LeasedJob } from '../../../src/queue/scripts/leased-job';
import { tagOf } from '../../../src/queue/keys';
import { QueueControls } from '../../../src/queue/queue-controls.service';
import type { SettleItem } from '../../../src/queue/scripts/settle';
import { QueueDriver } from '../../support/queue-driver';
import { QueueFixture, QueueProcess } from '../../support/queue-fixture';
import { testSettings } from '../../support/test-settings';
import { until } from '../../support/until';

describe("a user's queue", () => {
  let fixture: QueueFixture;
  let one: QueueProcess;
  let driver: QueueDriver;
  let user: string;

  beforeAll(async () => {
    fixture = await QueueFixture.start();
    one = await fixture.process();
  });
  afterAll(() => fixture.stop());
  beforeEach(() => {
    driver = QueueDriver.ofNewUser(one);
    user = driver.userId;
  });

  const payload = '{"n":1.10}';
  const item = (id: string, more: Partial<HoldItem> = {}) => driver.item(id, { payload, ...more });
  const hold = (id: string, more: Partial<HoldItem> = {}) => driver.hold(id, { payload, ...more });
  const accept = (id: string, more: Partial<HoldItem> = {}) => driver.accept(id, { payload, ...more });
  const confirm = (id: string, seq: number, accepted?: boolean) => driver.confirm(id, seq, accepted);
  const putBack = (id: string, seq: number) =>
    driver.permitted((permit) => one.queues.putBack(permit, { ...item(id), seq }));
  const claim = async (worker = 'w1', lease: { leaseMs?: number } = {}) =>
    (await driver.askFor(worker, lease)).jobs.filter(({ userId }) => userId === user);
  const settle = (token: number, id: string, more: Partial<SettleItem> = {}) =>
    driver.settle(id, token, more);

  it('gives one request at a time, in the order of their seqs', async () => {
    const seqs = [await accept('a'), await accept('b'), await accept('c')];
    expect(seqs).toEqual([...seqs].sort((x, y) => x - y));
    const [first, ...others] = await claim();
    expect(first).toMatchObject({
      requestId: 'a',
      payload: '{"n":1.10}',
      lookUp: 'none',
      attemptsMade: 0,
      type: 'echo',
    });
    expect(others).toEqual([]);
    expect(await claim('w2')).toEqual([]);
    const settled = await settle(first!.token, 'a', { want: 'next' });
    expect(settled).toMatchObject({ outcome: 'settled', next: { requestId: 'b' } });
  });

  it('retries in place: nothing overtakes a failed request, which waits for its backoff', async () => {
    await accept('a');
    await accept('b');
    const [first] = await claim();
    await settle(first!.token, 'a', {
      op: 'retry',
      attemptsMade: 1,
      notBefore: Date.now() + 3_600_000,
      want: 'next',
    });
    expect(await claim()).toEqual([]);
    const snapshot = await one.queues.snapshot(user, ['a', 'b']);
    expect(snapshot).toMatchObject({ depth: 2, activeId: undefined });
    expect([...snapshot!.positions]).toEqual([
      ['a', 0],
      ['b', 1],
    ]);
    expect(snapshot!.nextDueAt).toBeGreaterThan(snapshot!.now);
  });

  it('raises the fencing token with every attempt, and lets only its owner settle', async () => {
    await accept('a');
    const [first] = await claim();
    await settle(first!.token, 'a', { op: 'back' });
    const [second] = await claim('w2');
    expect(second!.token).toBeGreaterThan(first!.token);
    expect(await settle(first!.token, 'a')).toEqual({ outcome: 'lost' });
    expect(await settle(second!.token, 'a')).toMatchObject({ outcome: 'settled' });
  });

  it('takes back an ended lease, and returns which worker had it', async () => {
    await accept('a');
    await accept('b');
    await claim('dead', { leaseMs: 0 });
    const [again] = await claim('alive');
    expect(again).toMatchObject({ requestId: 'a', lookUp: 'taken_back', previous: { worker: 'dead' } });
    expect(again!.previous!.lookUpToken).toBeUndefined();
  });

  it('returns a lost attempt again if the worker that got it has not seen it', async () => {
    await accept('a');
    const [first] = await claim('dead', { leaseMs: 0 });
    const [second] = await claim('w2');
    expect(second!.previous).toMatchObject({ worker: 'dead', startedAt: first!.leasedAt });
    await settle(second!.token, 'a', { op: 'back', isUnseen: true });
    const [third] = await claim('w3');
    expect(third).toMatchObject({ lookUp: 'taken_back', previous: second!.previous });
    await settle(third!.token, 'a', { op: 'back' });
    expect((await claim('w4'))[0]).toMatchObject({ lookUp: 'doubtful', previous: undefined });
  });

  it('forgets losses between the first and the latest of a request that no worker can look up (P4)', async () => {
    await accept('a');
    for (let i = 0; i < 60; i++) await claim(`w${i}`, { leaseMs: 0 });
    const lost = await fixture.redis.client().hget(`${tagOf(one.queues.shardOf(user))}:${user}:a`, 'lost');
    expect(lost!.length).toBeLessThan(1100);
    const workers = lost!
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[3]);
    expect([workers[0], workers.at(-1)]).toEqual(['w0', 'w58']);
  });

  it('returns the token of a lost look-up, and what that one had to look up', async () => {
    await accept('a');
    const [first] = await claim('dead', { leaseMs: 0 });
    const [second] = await claim('dies too', { leaseMs: 0 });
    const [third] = await claim('alive');
    expect(third).toMatchObject({
      requestId: 'a',
      previous: {
        ...{ worker: 'dies too', lookUpToken: second!.token },
        previous: { worker: 'dead', startedAt: first!.leasedAt },
      },
    });
  });

  it('gives out an unconfirmed place only for a look-up', async () => {
    const held = await hold('a');
    expect(held).toMatchObject({ outcome: 'held', position: 0 });
    expect(await claim()).toEqual([]); // still held
    const { nextDueAt, now } = (await one.queues.snapshot(user))!;
    expect(nextDueAt! - now).toBeLessThanOrEqual(testSettings().queue.holdMs);
    let given: LeasedJob[] = [];
    await until('the hold has ended', async () => (given = await claim()).length > 0);
    expect(given[0]).toMatchObject({ requestId: 'a', lookUp: 'doubtful' });
  });

  it('answers a repeated hold with the same seq, frees a place that is given up, and refuses requests beyond the depth', async () => {
    const held = await hold('a', { maxDepth: 1 });
    expect(await hold('a', { maxDepth: 1 })).toMatchObject({
      outcome: 'held',
      seq: held.outcome === 'held' && held.seq,
    });
    expect(await hold('b', { maxDepth: 1 })).toEqual({ outcome: 'full' });
    if (held.outcome !== 'held') throw new Error('not held');
    expect(await confirm('a', held.seq, false)).toBe('ok');
    expect(await confirm('a', held.seq, true)).toBe('gone');
    expect(await hold('b', { maxDepth: 1 })).toMatchObject({ outcome: 'held' });
  });

  it('lets scheduled requests delay no others, and keeps the order of equal times', async () => {
    const later = Date.now() + 3_600_000;
    const [x, y] = [await accept('x', { runAt: later }), await accept('y', { runAt: later })];
    expect(Math.floor(x / 1000)).toBe(later);
    expect(y).toBe(x + 1);
    await accept('now');
    expect((await claim())[0]).toMatchObject({ requestId: 'now' });
    const snapshot = await one.queues.snapshot(user, ['x', 'now']);
    expect(snapshot).toMatchObject({ depth: 1, scheduled: 2, activeId: 'now' });
    expect([...snapshot!.positions]).toEqual([['now', 0]]);
  });

  it('gives a seq above one that was refused as taken', async () => {
    const above = (Date.now() + 60_000) * 1000;
    expect(await hold('a', { above })).toMatchObject({ seq: above + 1 });
    const runAt = Date.now() + 3_600_000;
    expect(await hold('b', { runAt, above: runAt * 1000 + 7 })).toMatchObject({ seq: runAt * 1000 + 8 });
  });

  it('does not wait for a scheduled request whose time the clock has passed', async () => {
    const ahead = await hold('ahead', { above: (Date.now() + 60_000) * 1000 });
    if (ahead.outcome !== 'held') throw new Error('not held');
    await confirm('ahead', ahead.seq, false);
    const soon = await hold('soon', { delayMs: 30_000 });
    if (soon.outcome !== 'held') throw new Error('not held');
    expect([soon.seq > ahead.seq, soon.runAt]).toEqual([true, soon.now + 30_000]);
    await confirm('soon', soon.seq);
    expect(await accept('now')).toBeGreaterThan(soon.seq);
    expect((await claim())[0]).toMatchObject({ requestId: 'now' });
  });

  it('puts a request back by its seq, behind one that has started', async () => {
    const seq = await accept('b');
    await accept('c');
    const [started] = await claim();
    await settle(started!.token, 'b', { op: 'retry', attemptsMade: 1, notBefore: 0 });
    expect(await putBack('a', seq - 1)).toBe(true);
    expect(await putBack('b', seq)).toBe(false); // it is in the queue already
    await confirm('a', seq - 1);
    expect([...(await one.queues.snapshot(user, ['a', 'b', 'c']))!.positions]).toEqual([
      ['a', 1],
      ['b', 0],
      ['c', 2],
    ]);
    const [again] = await claim();
    expect(await settle(again!.token, 'b', { want: 'next' })).toMatchObject({
      next: { requestId: 'a', lookUp: 'doubtful' },
    });
  });

  it('finds places and puts requests back without reading the whole queue (P5)', async () => {
    const redis = fixture.redis.client();
    /** The number of commands that scripts call meanwhile. */
    const commandsOf = async (act: () => Promise<unknown>) => {
      await redis.config('RESETSTAT');
      await act();
      const told = (await redis.info('commandstats')).matchAll(/cmdstat_(\w+):calls=(\d+)/g);
      return [...told].reduce((sum, [, name, calls]) => sum + (name === 'evalsha' ? 0 : Number(calls)), 0);
    };
    const due = await accept('due', { runAt: Date.now() + 50 });
    const permit = one.queues.permit(user);
    const seqs: number[] = [];
    for (let i = 0; i < 1000; i += 250) {
      const items = Array.from({ length: 250 }, (_, j) => item(`n${i + j}`, { maxDepth: 2000 }));
      for (const held of await one.queues.holdAll(permit, items))
        if (held.outcome === 'held') seqs.push(held.seq);
    }
    permit.release();
    await until('it is due', async () => (await one.queues.snapshot(user))!.scheduled === 0);

    const positions = new Map<string, number>();
    const look = async () => {
      const snapshot = (await one.queues.snapshot(user, ['due', 'n0', 'n700', 'n999']))!;
      for (const [id, position] of snapshot.positions) positions.set(id, position);
    };
    expect(await commandsOf(look)).toBeLessThan(200);
    expect(positions.get('due')).toBe(seqs.filter((seq) => seq < due).length);
    for (const i of [0, 700, 999]) expect(positions.get(`n${i}`)).toBe(i + (due < seqs[i]! ? 1 : 0));

    await confirm('n500', seqs[500]!, false);
    expect(await commandsOf(() => putBack('back', seqs[500]!))).toBeLessThan(100);
    const wait = await redis.lrange(`${tagOf(one.queues.shardOf(user))}:${user}:wait`, 0, -1);
    expect(wait.reverse().slice(499, 502)).toEqual(['n499', 'back', 'n501']);

    await confirm('n2', seqs[2]!, false);
    await redis.config('RESETSTAT');
    await putBack('near', seqs[2]!);
    expect(await redis.info('commandstats')).not.toContain('cmdstat_linsert');
    const near = await redis.lrange(`${tagOf(one.queues.shardOf(user))}:${user}:wait`, -5, -1);
    const inOrder = near.reverse().filter((id) => id !== 'due');
    expect(inOrder.slice(0, 4)).toEqual(['n0', 'n1', 'near', 'n3']);
  });

  describe('on a server whose clock is behind the one before', () => {
    const AHEAD_MS = 60_000;
    const clock = (us?: number) => {
      const key = `${tagOf(one.queues.shardOf(user))}:shard`;
      const redis = fixture.redis.client();
      return us === undefined ? redis.hget(key, 'clock') : redis.hset(key, 'clock', String(us));
    };
    afterEach(() => clock(Date.now() * 1000));

    it('leases users at once who were due before (P5)', async () => {
      await accept('a');
      await clock((Date.now() + AHEAD_MS) * 1000);
      const ready = `${tagOf(one.queues.shardOf(user))}:ready`;
      await fixture.redis.client().zadd(ready, Date.now() + AHEAD_MS / 2, user);
      expect(await claim()).toMatchObject([{ requestId: 'a' }]);
    });

    it('wakes no worker for users who must still wait (P5)', async () => {
      const redis = fixture.redis.client();
      await accept('waits');
      const [given] = await claim();
      await clock((Date.now() + AHEAD_MS) * 1000);
      await settle(given!.token, 'waits', { op: 'retry', attemptsMade: 1, notBefore: Date.now() + 1900 });
      await claim(); // sleeps, and has received that time
      await redis.config('RESETSTAT');
      await claim();
      expect(await redis.info('commandstats')).not.toContain('cmdstat_publish');
    });

    it('purges everything accepted before a purge, and nothing accepted later (P1)', async () => {
      const permit = one.queues.permit(user);
      await clock((Date.now() + AHEAD_MS) * 1000);
      const before = await one.queues.hold(permit, item('a'));
      const { lastSeq } = await one.get(QueueControls).beginPurge(permit, user);
      const after = await one.queues.hold(permit, item('b'));
      permit.release();
      if (before.outcome !== 'held' || after.outcome !== 'held') throw new Error('full');
      expect([before.seq <= lastSeq, after.seq > lastSeq]).toEqual([true, true]);
    });
  });

  it('can be read with Bull', async () => {
    await accept('a');
    await accept('b');
    await accept('c', { runAt: Date.now() + 60_000 });
    await claim();
    const { port } = fixture.redis;
    const queue = new Bull(user, {
      prefix: tagOf(one.queues.shardOf(user)),
      redis: { port, host: '127.0.0.1' },
    });
    expect(await queue.getJobCounts()).toMatchObject({
      active: 1,
      waiting: 1,
      delayed: 1,
      completed: 0,
      failed: 0,
    });
    expect(await queue.isPaused()).toBe(false);
    const job = (await queue.getJob('a'))!;
    expect({ data: job.data as unknown, state: await job.getState(), name: job.name }).toEqual({
      data: { n: 1.1 },
      state: 'active',
      name: 'echo',
    });
    expect((await queue.getWaiting()).map(({ id }) => id)).toEqual(['b']);
    expect((await queue.getDelayed()).map(({ id }) => id)).toEqual(['c']);
    await queue.close();
  });

  it('leaves no key in Redis once it is empty (P4)', async () => {
    const seq = await accept('a');
    const [job] = await claim();
    await settle(job!.token, 'a');
    expect(await confirm('a', seq)).toBe('gone');
    const keys = await fixture.redis.client().keys(`*${user}*`);
    expect(keys).toEqual([]);
  });
});
