import type { ShardScripts } from '../../../../src/queue/scripts/shard-scripts.service';
import type { EpochView } from '../../../../src/queue/epochs/epoch-view.service';
import { ClaimLoop } from '../../../../src/workers/turns/claim-loop';
import type { Claimant } from '../../../../src/workers/turns/claimant';
import { DueShards } from '../../../../src/workers/turns/due-shards';
import { ServerClocks } from '../../../../src/workers/turns/server-clock';
import { SteppedClock } from '../../../support/stepped-clock';
import { testSettings } from '../../../support/test-settings';

/** Shards whose users have waited since these times, ms by the shard's clock, which shows what ours does and a day more. */
const AHEAD_MS = 86_400_000;
const SHARDS = 3;
const CLAIMANT = { serving: { name: 'w1', lanes: 'main' }, onFreed: () => () => undefined };
const VIEW = { permit: () => ({ epoch: 1, release: () => undefined }) } as unknown as EpochView;
const HAND_BACK = { lookAt: () => Infinity, runIfDue: async () => undefined, replyLost: () => undefined };

it("asks the shards in the order of their users' waiting, whatever their clocks show (P5)", async () => {
  const clock = new SteppedClock();
  clock.step(10_000);
  const waiting = [[3000, 7000], [1000], [2000, 2010, 9000]];
  const asked: { shard: number; n: number; patienceMs: number }[] = [];
  const taken: string[] = [];
  const claimant = {
    ...CLAIMANT,
    get free() {
      return 5 - taken.length;
    },
    take: ({ userId }: { userId: string }) => taken.push(userId),
  } as unknown as Claimant;
  const claim = async (...[shard, , , n, , , patienceMs]: number[]) => {
    asked.push({ shard: shard!, n: n!, patienceMs: patienceMs! });
    const users = waiting[shard!]!;
    const now = clock.monotonic();
    const given = users.filter((since) => now - since >= patienceMs!).slice(0, n);
    users.splice(0, given.length);
    const nextDueAt = users[0] === undefined ? undefined : users[0] + AHEAD_MS;
    return { now: now + AHEAD_MS, nextDueAt, sleepers: 1, jobs: given.map((since) => ({ userId: since })) };
  };
  const shards = new DueShards(new ServerClocks({ ...testSettings().queue, shards: SHARDS }));
  // What it knows from the claims before; somebody else has served the first of shard 0 since then.
  for (const state of shards.all) state.dueAt = [500, 1000, 2000][state.shard]!;
  const scripts = { claim } as unknown as ShardScripts;
  const loop = new ClaimLoop(claimant, HAND_BACK, scripts, VIEW, shards, clock);
  expect(await loop.runOnce()).toBe(Infinity);
  expect(taken).toEqual([1000, 2000, 2010, 3000, 7000]);
  expect(asked).toEqual([
    { shard: 0, n: 5, patienceMs: 7875 },
    { shard: 1, n: 5, patienceMs: 7000 },
    { shard: 2, n: 4, patienceMs: 6125 },
    { shard: 0, n: 2, patienceMs: 875 },
  ]);
});

it('polls all its shards at once, and shares its free slots among them', async () => {
  const clock = new SteppedClock();
  const seen: string[] = [];
  const claimant = { ...CLAIMANT, free: 7, take: () => undefined } as unknown as Claimant;
  const claim = async (...[, , , n]: number[]) => {
    seen.push(`asked for ${n}`);
    await Promise.resolve();
    seen.push('answered');
    return { now: clock.monotonic(), nextDueAt: undefined, sleepers: 1, jobs: [] };
  };
  const shards = new DueShards(new ServerClocks({ ...testSettings().queue, shards: SHARDS }));
  const loop = new ClaimLoop(claimant, HAND_BACK, { claim } as unknown as ShardScripts, VIEW, shards, clock);
  // The first beat after the start is too soon for some of them.
  for (let poll = 1; poll <= 2; poll += 1) clock.step(await loop.runOnce());
  for (let poll = 1; poll <= 3; poll += 1) {
    seen.length = 0;
    clock.step(await loop.runOnce());
    expect(seen).toEqual([...Array(SHARDS).fill('asked for 2'), ...Array(SHARDS).fill('answered')]);
  }
});
