import { setTimeout as delay } from 'node:timers/promises';
import { pick } from '../../support/seeded';
import type { SteppedDate } from '../../support/stepped-date';
import { between, Fault, someOf, World } from './fault';

/** By how much a clock is moved, in ms: less and more than a lease or a view. */
const stepOf = (world: World): number => {
  const most = pick(world.random, [world.lease, 2 * world.view]);
  return (world.random() < 0.5 ? -1 : 1) * between(world, 0.3, 1) * most;
};

/** Clocks are moved together, and set right after a while. Nothing is done where they cannot be moved. */
const step =
  (datesOf: (world: World) => readonly (SteppedDate | undefined)[]): Fault =>
  async (world) => {
    const dates = datesOf(world);
    const ms = stepOf(world);
    for (const date of dates) date?.move(ms);
    await delay(between(world, 0.1, 1.5) * world.view);
    for (const date of dates) date?.move(0);
  };

export const CLOCK_FAULTS = {
  "Redis' clock is moved": step(({ redis }) => redis.dates),
  "MongoDB's clocks are moved": step(({ mongo }) => mongo.members.map(({ date }) => date)),
  'the clock of a member of MongoDB is moved': step(({ mongo, random }) => [
    pick(random, mongo.members).date,
  ]),
  'the clocks of some are moved': step((world) => someOf(world).map(({ date }) => date)),
};
