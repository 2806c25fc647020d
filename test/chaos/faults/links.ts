import { setTimeout as delay } from 'node:timers/promises';
import type { Place } from '../fleet';
import type { Way } from '../ways';
import { between, Fault, someOf, victimOf } from './fault';

type Store = 'redis' | 'mongo';

/** Disturbs the connections of some processes to their stores, and repairs them after a while. */
async function during(
  places: readonly Place[],
  stores: readonly Store[],
  act: (way: Way) => void,
  ms: number,
): Promise<void> {
  const ways = places.flatMap((place) => stores.map((store) => place[store]));
  for (const way of ways) act(way);
  await delay(ms);
  for (const way of ways) way.mend();
}

const split =
  (...stores: Store[]): Fault =>
  (world) =>
    during(someOf(world), stores, (way) => way.cut(), between(world, 0.1, 1.3) * world.view);

const halfOpen =
  (...stores: Store[]): Fault =>
  (world) =>
    during(someOf(world), stores, (way) => way.silence(), between(world, 0.1, 1.3) * world.view);

/** Several times in a row: what was sent takes effect, and its reply is lost. */
const loseReplies =
  (...stores: Store[]): Fault =>
  async (world) => {
    for (let i = 0; i < 4; i++) {
      await during(someOf(world), stores, (way) => way.mute(), between(world, 10, 150));
      await delay(between(world, 50, 300));
    }
  };

const slow =
  (...stores: Store[]): Fault =>
  (world) => {
    const ms = between(world, 5, 80);
    return during(someOf(world), stores, (way) => way.slow(ms), between(world, 0.3, 1) * world.view);
  };

const reset =
  (...stores: Store[]): Fault =>
  async (world) => {
    for (let i = 0; i < 5; i++) {
      for (const store of stores) victimOf(world)?.[store].reset();
      await delay(between(world, 20, 200));
    }
  };

export const LINK_FAULTS = {
  'some are split from Redis': split('redis'),
  'some are split from MongoDB': split('mongo'),
  'some are split from both': split('redis', 'mongo'),
  'connections to Redis are half-open': halfOpen('redis'),
  'connections to MongoDB are half-open': halfOpen('mongo'),
  'replies of Redis are lost': loseReplies('redis'),
  'replies of MongoDB are lost': loseReplies('mongo'),
  'Redis is slow for some': slow('redis'),
  'MongoDB is slow for some': slow('mongo'),
  'connections are reset': reset('redis', 'mongo'),
};
