import { Clock } from '../../../../src/common/time/clock';
import type { ShardScripts } from '../../../../src/queue/scripts/shard-scripts.service';
import type { EpochView } from '../../../../src/queue/epochs/epoch-view.service';
import { ClaimLoop } from '../../../../src/workers/turns/claim-loop';
import type { Claimant } from '../../../../src/workers/turns/claimant';
import { DueShards } from '../../../../src/workers/turns/due-shards';
import { ServerClocks } from '../../../../src/workers/turns/server-clock';
import { until } from '../../../support/until';

it('passes a wake-up on if it has no room for the user (P5)', async () => {
  const asked: number[] = [];
  let free = 8;
  const claimant = {
    serving: { name: 'w1', lanes: 'main' },
    get free() {
      return free;
    },
    take: () => undefined,
    onFreed: () => () => undefined,
  } as unknown as Claimant;
  const claim = async (_shard: number, _epoch: number, _serving: object, n: number) => {
    asked.push(n);
    return { jobs: [], now: 0, nextDueAt: undefined, longestLeaseMs: 0, sleepers: 1 };
  };
  const view = { permit: () => ({ epoch: 1, release: () => undefined }) } as unknown as EpochView;
  const handBack = { lookAt: () => Infinity, runIfDue: async () => undefined, replyLost: () => undefined };
  const settings = { shards: 1, leaseMs: 1000, viewMs: 3000, holdMs: 500, maxDepth: 1, maxBytes: 1 };
  const scripts = { claim } as unknown as ShardScripts;
  const shards = new DueShards(new ServerClocks(settings));
  const loop = new ClaimLoop(claimant, handBack, scripts, view, shards, new Clock());
  loop.start();
  await until('it has found nothing, and sleeps', () => asked.length === 1);
  free = 0;
  loop.wake(0);
  await until('it has left the sleepers', () => asked.length === 2);
  await loop.stop();
  expect(asked).toEqual([8, 0, 0]);
});

it('looks for leases of lost replies while it has no room (P5)', async () => {
  const claimant = {
    serving: { name: 'w1', lanes: 'main' },
    free: 0,
    take: () => undefined,
    onFreed: () => () => undefined,
  } as unknown as Claimant;
  const view = { permit: () => ({ epoch: 1, release: () => undefined }) } as unknown as EpochView;
  const looked: number[] = [];
  const handBack = {
    lookAt: (shard: number) => (shard === 1 && looked.length === 0 ? 0 : Infinity),
    runIfDue: async (shard: number) => void looked.push(shard),
    replyLost: () => undefined,
  };
  const settings = { shards: 2, leaseMs: 1000, viewMs: 3000, holdMs: 500, maxDepth: 1, maxBytes: 1 };
  const claim = async () => ({ jobs: [], now: 0, nextDueAt: undefined, longestLeaseMs: 0, sleepers: 0 });
  const shards = new DueShards(new ServerClocks(settings));
  const scripts = { claim } as unknown as ShardScripts;
  const loop = new ClaimLoop(claimant, handBack, scripts, view, shards, new Clock());
  loop.start();
  await until('it has looked', () => looked.length > 0);
  await loop.stop();
  expect(looked).toEqual([1]);
});
