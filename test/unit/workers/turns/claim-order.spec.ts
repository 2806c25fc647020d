import type { ShardScripts } from '../../../../src/queue/scripts/shard-scripts.service';
import type { EpochView } from '../../../../src/queue/epochs/epoch-view.service';
import { ClaimLoop } from '../../../../src/workers/turns/claim-loop';
import type { Claimant } from '../../../../src/workers/turns/claimant';
import { DueShards } from '../../../../src/workers/turns/due-shards';
import { ServerClocks } from '../../../../src/workers/turns/server-clock';
import { SteppedClock } from '../../../support/stepped-clock';
import { testSettings } from '../../../support/test-settings';
import { partOf } from '../../../support/part-of';
import { aJob, aPermit } from '../../../support/turn-parts';

/** The shards' clocks are a day ahead of the worker's. */
const AHEAD_MS = 86_400_000;
const SHARDS = 3;
const CLAIMANT: Claimant = {
  ...{ serving: { name: 'w1', lanes: 'main' }, leaseMs: 1000, tokens: new Set<number>(), free: 7 },
  ...{ take: () => undefined, onFreed: () => () => undefined },
};
const VIEW = partOf<EpochView>({ permit: () => aPermit() });
const REPLY = { now: 0, nextDueAt: undefined, longestLeaseMs: 0, steps: 0, sleepers: 1, jobs: [] };
const HAND_BACK = { lookAt: () => Infinity, runIfDue: async () => undefined, replyLost: () => undefined };

it("a worker claims from the shards in the order of their users' waiting, whatever their clocks show (P5)", async () => {
  const clock = new SteppedClock();
  clock.step(10_000);
  const waiting = [[3000, 7000], [1000], [2000, 2010, 9000]];
  const asked: { shard: number; n: number; patienceMs: number }[] = [];
  const taken: number[] = [];
  const claimant: Claimant = {
    ...CLAIMANT,
    get free() {
      return 5 - taken.length;
    },
    take: ({ dueAt }) => void taken.push(dueAt),
  };
  const claim: ShardScripts['claim'] = async (shard, _epoch, { n, patienceMs = 0 }) => {
    asked.push({ shard, n, patienceMs });
    const users = waiting[shard]!;
    const now = clock.monotonic();
    const given = users.filter((since) => now - since >= patienceMs).slice(0, n);
    users.splice(0, given.length);
    const nextDueAt = users[0] === undefined ? undefined : users[0] + AHEAD_MS;
    return { ...REPLY, now: now + AHEAD_MS, nextDueAt, jobs: given.map((dueAt) => aJob({ dueAt })) };
  };
  const shards = new DueShards(new ServerClocks({ ...testSettings().queue, shards: SHARDS }));
  // What the worker knows from earlier claims; another worker has served the first user of shard 0 since then.
  for (const state of shards.all) state.dueAt = [500, 1000, 2000][state.shard]!;
  const scripts = partOf<ShardScripts>({ claim });
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

it('a worker polls all its shards at once, and shares its free slots among them', async () => {
  const clock = new SteppedClock();
  const seen: string[] = [];
  const claim: ShardScripts['claim'] = async (_shard, _epoch, { n }) => {
    seen.push(`asked for ${n}`);
    await Promise.resolve();
    seen.push('answered');
    return { ...REPLY, now: clock.monotonic() };
  };
  const shards = new DueShards(new ServerClocks({ ...testSettings().queue, shards: SHARDS }));
  const loop = new ClaimLoop(CLAIMANT, HAND_BACK, partOf<ShardScripts>({ claim }), VIEW, shards, clock);
  // The first poll after the start is too soon for some of them.
  for (let poll = 1; poll <= 2; poll += 1) clock.step(await loop.runOnce());
  for (let poll = 1; poll <= 3; poll += 1) {
    seen.length = 0;
    clock.step(await loop.runOnce());
    expect(seen).toEqual([...Array(SHARDS).fill('asked for 2'), ...Array(SHARDS).fill('answered')]);
  }
});
