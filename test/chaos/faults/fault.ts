import type { MongoSet } from '../../support/mongo-set';
import type { Fleet, Place, Role } from '../fleet';
import type { RedisPair } from '../redis-pair';
import { pick, Random } from '../../support/seeded';
import type { Calls } from '../calls';
import type { FencingTarget } from '../fencing-target';

/** What faults act on. */
export interface World {
  readonly fleet: Fleet;
  readonly redis: RedisPair;
  readonly mongo: MongoSet;
  readonly target: FencingTarget;
  readonly calls: Calls;
  readonly random: Random;
  /** ms */
  readonly lease: number;
  /** ms */
  readonly view: number;
}

/** A fault. When it resolves, everything is as before, except for lost data. */
export type Fault = (world: World) => Promise<void>;

/** A place of the role (of any role if omitted) in which a process runs now; undefined if there is none. */
export function victimOf({ fleet, random }: World, role?: Role): Place | undefined {
  const alive = fleet.places.filter((place) => place.url !== undefined && (!role || place.role === role));
  return alive.length === 0 ? undefined : pick(random, alive);
}

/** Some of the places: at least one, and not all. */
export function someOf({ fleet, random }: World): Place[] {
  const some = fleet.places.filter(() => random() < 0.5);
  return some.length === 0 || some.length === fleet.places.length ? [pick(random, fleet.places)] : some;
}

/** A time between the two, ms. */
export const between = ({ random }: World, least: number, most: number): number =>
  least + random() * (most - least);
