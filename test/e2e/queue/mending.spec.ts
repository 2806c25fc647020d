/** Whatever part of a user's queue is lost from Redis, all of it runs in turn after the reconciler's next run. */
import { randomUUID } from 'node:crypto';
import { Clock } from '../../../src/common/time/clock';
import { EventBus } from '../../../src/events/event-bus';
import { shardOf, tagOf } from '../../../src/queue/keys';
import { EpochView } from '../../../src/queue/epochs/epoch-view.service';
import { ExpiredPlaces } from '../../../src/queue/expired-places.service';
import type { HoldItem } from '../../../src/queue/scripts/hold';
import { Mending } from '../../../src/queue/mending.service';
import { Reconciler } from '../../../src/queue/reconciler.service';
import { ShardScripts } from '../../../src/queue/scripts/shard-scripts.service';
import { ShardUnavailable } from '../../../src/queue/shard-unavailable';
import { MongoPendingRequests } from '../../../src/journal/mongo-pending-requests';
import { QueueRecords } from '../../../src/journal/queue-records.service';
import { Journal } from '../../../src/journal/journal.service';
import { QueueDriver } from '../../support/queue-driver';
import { QueueFixture, QueueProcess } from '../../support/queue-fixture';
import { seeded } from '../../support/seeded';
import { SteppedClock } from '../../support/stepped-clock';
import { withParts } from '../enqueue/accept-fixture';
import { attemptRecord, requestDocument } from '../journal/record-fixture';

const SHARDS = 2;
const COUNT = 5;

let fixture: QueueFixture;
let one: QueueProcess;
let user: QueueDriver;
let ids: string[];
let mended: string[];

beforeAll(async () => {
  fixture = await QueueFixture.start();
  one = await fixture.process();
  one.get(EventBus).on('queue.mended', ({ userId, kinds }) => {
    if (userId === user.userId) mended.push(...kinds);
  });
});
afterAll(() => fixture.stop());
beforeEach(async () => {
  user = new QueueDriver(one, `u-${randomUUID()}`);
  ids = [];
  mended = [];
  for (let i = 0; i < COUNT; i++) await accept();
});

const shard = () => shardOf(user.userId, SHARDS);
const tag = () => tagOf(shard());
const key = (name: string) => `${tag()}:${user.userId}:${name}`;
const mend = () => one.get(Reconciler).runOnce(-60_000);

async function accept(more: Partial<HoldItem> = {}): Promise<void> {
  const requestId = randomUUID();
  const seq = await user.accept(requestId, more);
  const whose = { _id: requestId, userId: user.userId, shard: shard(), seq };
  expect(await one.get(Journal).insert(requestDocument({ ...whose, payload: '1' }))).toBe('inserted');
  ids.push(requestId);
}

/** Ends the request of a turn on record and in Redis. */
async function end(requestId: string, token: number): Promise<void> {
  const record = { ...attemptRecord(), startedAt: new Date(), finishedAt: new Date() };
  await one.get(Journal).recordOutcome({ requestId, token, attempt: 1, record, then: { kind: 'succeeded' } });
  await user.settle(requestId, token);
}

/** Ends the lease of the user, as if its time had passed. */
async function passTime(): Promise<void> {
  await fixture.redis.client().zadd(`${tag()}:leases`, 'XX', 1, user.userId);
}

/** Runs requests until none is given. @returns the IDs in the order of their starts */
async function drain(): Promise<string[]> {
  const started: string[] = [];
  for (let given = await user.claim('w2'); given; given = await user.claim('w2')) {
    const { requestId, token, seq, lookUp } = given;
    const whose = { requestId, token, seq, userId: user.userId, shard: shard() };
    const isToRun =
      lookUp === 'none' || (await one.get(Journal).lookUp({ ...whose, takenBack: undefined })).kind === 'run';
    if (isToRun) started.push(requestId);
    await end(requestId, token);
  }
  return started;
}

/** The invariants that are broken in Redis. */
async function broken(): Promise<string[]> {
  const reply = await user.permitted(({ epoch }) =>
    user.scripts.call('check_invariants', shard(), epoch, [user.userId]),
  );
  return (reply as [string, string, string[]])[2];
}

it.each([
  ['the ready set', () => fixture.redis.client().del(`${tag()}:ready`), 'standing'],
  ['its place in it', () => fixture.redis.client().zrem(`${tag()}:ready`, user.userId), 'standing'],
  ['the list of waiting requests', () => fixture.redis.client().del(key('wait')), 'line'],
  ['the first ID in the list', () => fixture.redis.client().lrem(key('wait'), 1, ids[0]!), 'line'],
  ['an ID in the middle of the list', () => fixture.redis.client().lrem(key('wait'), 1, ids[2]!), 'line'],
  ['the job of the head', () => fixture.redis.client().del(key(ids[0]!)), 'job'],
  ['the job of a request in the middle', () => fixture.redis.client().del(key(ids[2]!)), 'job'],
  [
    'the rule that it is in one lane only',
    () => fixture.redis.client().zadd(`${tag()}:ready:x`, 'inf', user.userId),
    '',
  ],
])('the reconciler mends the queue of a user who has lost %s (P2, P3, P5)', async (_, lose, kind) => {
  await lose();
  await mend();
  if (kind !== '') expect(mended).toContain(kind);
  expect(await broken()).toEqual([]);
  expect(await drain()).toEqual(ids);
  expect(await mend()).toBe(0);
});

it('the reconciler mends the queue of a user who has lost a scheduled request', async () => {
  const requestId = randomUUID();
  const runAt = Date.now() + 3_600_000;
  const seq = await user.accept(requestId, { runAt });
  const whose = { _id: requestId, userId: user.userId, shard: shard(), seq };
  await one.get(Journal).insert(requestDocument({ ...whose, runAt: new Date(runAt) }));
  await fixture.redis.client().del(key('delayed'));
  await mend();
  expect(mended).toEqual(['line']);
  expect(await broken()).toEqual([]);
  expect(Number(await fixture.redis.client().zscore(key('delayed'), requestId))).toBe(seq);
  expect(await drain()).toEqual(ids);
});

it('the reconciler mends a queue although the clock of its own host is two hours behind', async () => {
  const requestId = randomUUID();
  const seq = await user.accept(requestId);
  const createdAt = new Date(Date.now() - 120_000);
  const whose = { _id: requestId, userId: user.userId, shard: shard(), seq, createdAt };
  await one.get(Journal).insert(requestDocument(whose));
  await fixture.redis.client().del(key(requestId));
  const behind = jest.spyOn(one.get(Clock), 'wall').mockReturnValue(Date.now() - 7_200_000);
  await one.get(Reconciler).runOnce();
  behind.mockRestore();
  expect(mended).toEqual(['job']);
  expect(await drain()).toEqual([...ids, requestId]);
});

it('the reconciler leaves an intact queue alone', async () => {
  await user.claim('w1');
  expect(await mend()).toBe(0);
});

it('a queue with an ID without a job starts nothing until MongoDB was asked about it (P2)', async () => {
  await fixture.redis.client().del(key(ids[0]!));
  expect(await user.claim('w2')).toBeUndefined();
  await mend();
  expect(await drain()).toEqual(ids);
});

it('the reconciler removes an ID without a job that MongoDB does not know, so that it delays nothing (P5)', async () => {
  const lone = new QueueDriver(one, `u-${randomUUID()}`);
  const requestId = randomUUID();
  await lone.accept(requestId);
  user = lone;
  await fixture.redis.client().del(key(requestId));
  expect(await user.claim('w2')).toBeUndefined();
  await mend();
  expect(mended).toEqual(['job']);
  expect(await broken()).toEqual([]);
});

it.each(['settings', 'a halt'])('the reconciler restores %s of a queue', async (what) => {
  const records = one.get(QueueRecords);
  const change = what === 'settings' ? { paused: true, maxDepth: 9 } : { onFailure: 'halt' as const };
  const control = await records.change(user.userId, shard(), change);
  await user.permitted((permit) => user.controls.apply(permit, { ...control, userId: user.userId }));
  await records.applied(control, shard());
  if (what === 'a halt') {
    const given = (await user.claim('w1'))!;
    const record = { ...attemptRecord({ outcome: 'failed' }), startedAt: new Date(), finishedAt: new Date() };
    const then = { kind: 'failed', error: { code: 'x', message: 'x' }, policy: 'halt' } as const;
    const { requestId, token } = given;
    await one.get(Journal).recordOutcome({ requestId, token, attempt: 1, record, then });
    await user.settle(requestId, token, { halting: token });
  }
  const redis = fixture.redis.client();
  const before = await redis.hgetall(key('control'));
  expect(await mend()).toBe(0);
  await redis.del(key('control'));
  await mend();
  expect(mended).toContain('control');
  expect(await redis.hgetall(key('control'))).toMatchObject(before);
  expect(await user.claim('w2')).toBeUndefined();
  expect(await mend()).toBe(0);
});

it('a place that nobody looks up, of an accept that ended half way, holds its user up for minutes at most', async () => {
  await drain();
  await user.hold('ghost', { lane: 'x.nobody' });
  await accept();
  const redis = fixture.redis.client();
  await redis.hset(key('ghost'), 'held', 1);
  await mend();
  expect(mended).toEqual([]); // a worker may be about to look it up
  await redis.hset(key('ghost'), 'timestamp', 1);
  await mend();
  expect(mended).toEqual(['place']);
  expect(await drain()).toEqual([ids.at(-1)]);
  const late = { _id: 'ghost', userId: user.userId, shard: shard() };
  expect(await one.get(Journal).insert(requestDocument(late))).toBe('duplicate_id');
});

it('a place that nobody looks up is kept if its request was accepted', async () => {
  await drain();
  await accept();
  const id = ids.at(-1)!;
  await fixture.redis.client().hset(key(id), { held: 1, timestamp: 1 });
  await mend();
  await mend();
  expect(mended).toEqual(['place']); // once
  expect(await drain()).toEqual([id]);
});

it('a place of a scheduled request whose confirm was lost is no fault', async () => {
  await drain();
  await accept({ runAt: Date.now() + 3_600_000 });
  await fixture.redis.client().hset(key(ids.at(-1)!), { held: 1, timestamp: 1 });
  await mend();
  expect(mended).toEqual([]);
});

it('a place of a retry that ended half way holds its user up for minutes at most', async () => {
  await drain();
  const failed = { _id: 'failed', userId: user.userId, shard: shard(), seq: 1, status: 'failed' } as const;
  const { pending: _, ...document } = requestDocument(failed);
  expect(await one.get(Journal).insert(document)).toBe('inserted');
  const item = { ...user.item('failed', { lane: 'x.nobody' }), seq: 1 };
  expect(await user.permitted((permit) => one.queues.putBack(permit, item))).toBe(true);
  await accept();
  await fixture.redis.client().hset(key('failed'), { held: 1, timestamp: 1 });
  await mend();
  expect(mended).toEqual(['place']);
  expect(await drain()).toEqual([ids.at(-1)]);
});

it('a mend that was frozen does not restore settings that have changed since', async () => {
  const records = one.get(QueueRecords);
  await records.change(user.userId, shard(), { paused: true });
  const clock = new SteppedClock();
  const pending = one.get(MongoPendingRequests);
  const controlOf = async (...whose: Parameters<typeof pending.controlOf>) => {
    const control = await pending.controlOf(...whose);
    // The user resumes, Redis forgets that version, and only then does the process go on.
    await records.change(user.userId, shard(), { paused: false });
    clock.step(3_600_000);
    return control;
  };
  const mending = new Mending(
    withParts(pending, { controlOf }),
    one.get(ShardScripts),
    one.get(EpochView),
    one.get(ExpiredPlaces),
    one.get(EventBus),
    clock,
  );
  await expect(mending.mend(shard(), user.userId, ['job'])).rejects.toBeInstanceOf(ShardUnavailable);
  expect(await drain()).toEqual(ids);
});

it.each(['leases', 'owners', 'active', 'leases and active', 'leases and owners'])(
  "no worker gets a user's turn while another may have it, without %s (P1)",
  async (lost) => {
    const running = (await user.claim('w1'))!;
    const redis = fixture.redis.client();
    if (lost.includes('active')) await redis.del(key('active'));
    if (lost.includes('leases')) await redis.zrem(`${tag()}:leases`, user.userId);
    if (lost.includes('owners')) await redis.hdel(`${tag()}:owners`, user.userId);
    if (lost !== 'leases and active') await accept(); // anything that recomputes when the user is due
    if (lost !== 'leases and active') expect(await user.claim('w2')).toBeUndefined();
    await mend();
    expect(mended).toContain('lease');
    expect(await broken()).toEqual([]);
    expect(await user.claim('w2')).toBeUndefined();
    await end(running.requestId, running.token);
    await passTime();
    expect(await drain()).toEqual(ids.slice(1));
    expect(await mend()).toBe(0);
  },
);

it('an attempt whose worker has died keeps its turn although its ID was lost (P2)', async () => {
  const running = (await user.claim('w1'))!;
  await fixture.redis.client().del(key('active'));
  await passTime();
  expect(await user.claim('w2')).toBeUndefined();
  await mend();
  await passTime();
  expect(await drain()).toEqual([running.requestId, ...ids.slice(1)]);
});

it('a lost attempt whose job was lost too has no start', async () => {
  const running = (await user.claim('w1'))!;
  await fixture.redis.client().del(key(running.requestId));
  await mend();
  await passTime();
  const again = await user.claim('w2');
  expect(again).toMatchObject({ requestId: running.requestId, lookUp: 'taken_back' });
  expect(again!.previous!.startedAt).toBeUndefined();
});

it('a renewal puts back a lost lease (P1)', async () => {
  const running = (await user.claim('w1'))!;
  await fixture.redis.client().zrem(`${tag()}:leases`, user.userId);
  await user.permitted(({ epoch }) =>
    user.scripts.renew(shard(), epoch, 60_000, [{ userId: user.userId, token: running.token }]),
  );
  expect(await broken()).toEqual([]);
});

it.each(Array.from({ length: 40 }, (_, i) => i))(
  'the reconciler mends the queues after random losses, %d',
  async (seed) => {
    const random = seeded(seed);
    const redis = fixture.redis.client();
    const running = random() < 0.5 ? await user.claim('w1') : undefined;
    const all = [
      () => redis.del(key('wait')),
      () => redis.zrem(`${tag()}:ready`, user.userId),
      () => redis.zrem(`${tag()}:leases`, user.userId),
      () => redis.hdel(`${tag()}:owners`, user.userId),
      () => redis.zadd(`${tag()}:ready`, 1, user.userId),
      ...ids.map((id) => () => redis.del(key(id))),
      ...ids.map((id) => () => redis.lrem(key('wait'), 1, id)),
      ...ids.map((id) => () => redis.lpush(key('wait'), id)),
      ...ids.map((id) => () => redis.zadd(key('delayed'), 1, id)),
    ];
    // At least one trace of a running turn is left; without any, no script could know of it.
    for (const lose of all.filter(() => random() < 0.25)) await lose();
    await mend();
    if (running) expect(await user.claim('w2')).toBeUndefined();
    await passTime();
    const started = await drain();
    await mend(); // the second entry of an ID that was listed twice has no job by now
    expect([...started, ...(await drain())]).toEqual(ids);
    await mend();
    expect(await broken()).toEqual([]);
  },
);
