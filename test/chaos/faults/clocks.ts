import { setTimeout as delay } from 'node:timers/promises';
import { pick } from '../../support/seeded';
import type { SteppedDate } from '../../support/stepped-date';
import { between, Fault, someOf, World } from './fault';

const HOUR_MS = 3_600_000;

/** By how much a clock is moved, ms: less and more than a lease or a view, and more than the longest wait. */
const stepOf = (world: World, isFar: boolean): number => {
  const most = pick(world.random, [world.lease, 2 * world.view, ...(isFar ? [HOUR_MS] : [])]);
  return (world.random() < 0.5 ? -1 : 1) * between(world, 0.3, 1) * most;
};

/** Moves clocks together, and sets them right after a while. Does nothing where they cannot be moved. */
const step =
  (datesOf: (world: World) => readonly (SteppedDate | undefined)[], isFar = true): Fault =>
  async (world) => {
    const dates = datesOf(world);
    const ms = stepOf(world, isFar);
    for (const date of dates) date?.move(ms);
    await delay(between(world, 0.1, 1.5) * world.view);
    for (const date of dates) date?.move(0);
  };

/** MongoDB's clocks move by little, because its own timers use its date. */
export const CLOCK_FAULTS = {
  "Redis' clock is moved": step(({ redis }) => redis.dates),
  "MongoDB's clocks are moved": step(({ mongo }) => mongo.members.map(({ date }) => date), false),
  'the clock of a member of MongoDB is moved': step(
    ({ mongo, random }) => [pick(random, mongo.members).date],
    false,
  ),
  'the clocks of some are moved': step((world) => someOf(world).map(({ date }) => date)),
};
