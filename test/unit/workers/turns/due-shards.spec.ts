import { DueShards } from '../../../../src/workers/turns/due-shards';
import { ServerClocks } from '../../../../src/workers/turns/server-clock';
import { testSettings } from '../../../support/test-settings';

const dueShards = () => new DueShards(new ServerClocks({ ...testSettings().queue, shards: 3 }));

/** All shards with these due times, by their numbers. */
function at(...times: readonly number[]): DueShards {
  const shards = dueShards();
  for (const state of shards.all) state.dueAt = times[state.shard]!;
  return shards;
}

const order = (shards: DueShards, now: number) => shards.due(now).map(({ shard }) => shard);

it('all shards are due at the start', () => {
  expect(order(dueShards(), 0).sort()).toEqual([0, 1, 2]);
});

it('the due shards are ordered by their due time (P5)', () => {
  const shards = at(20, 10, 30);
  expect([order(shards, 9), order(shards, 20), order(shards, 30)]).toEqual([[], [1, 0], [1, 0, 2]]);
  expect([shards.isAnyDue(9), shards.isAnyDue(10), shards.nextAt]).toEqual([false, true, 10]);
});

it('a wake-up sets the due time of a shard, and never to a later one (P5)', () => {
  const shards = at(20, 90, 90);
  shards.wake(1, 30);
  shards.wake(0, 40);
  shards.wake(1, 50);
  expect(order(shards, 50)).toEqual([0, 1]);
  expect(shards.all.find(({ shard }) => shard === 1)).toMatchObject({ dueAt: 30, wokenAt: 30 });
});
