import { setTimeout as delay } from 'node:timers/promises';
import { pick, pickWeighted } from '../support/seeded';
import type { Action } from './actions';
import type { FaultName, FAULTS } from './faults/all';
import type { World } from './faults/fault';
import type { ChaosUser } from './user';

/** Times are as in the history. */
export interface DoneFault {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export type IsOver = () => boolean;

/** @returns whether so long (ms) has passed */
export function after(ms: number): IsOver {
  const end = performance.now() + ms;
  return () => performance.now() > end;
}

/** A user does one thing after the other. */
export async function keepActing(
  user: ChaosUser,
  actions: readonly Action[],
  pauseMs: number,
  lease: number,
  isOver: IsOver,
) {
  while (!isOver()) {
    await delay(user.random() * pauseMs);
    await pickWeighted(user.random, actions).run(user, lease);
  }
}

/** One fault of the list follows the other. */
export async function keepHurting(
  world: World,
  list: (typeof FAULTS)[number],
  names: readonly FaultName[] | undefined,
  restMs: number,
  done: DoneFault[],
  isOver: IsOver,
): Promise<void> {
  const faults = Object.entries(list).filter(([name]) => names?.includes(name as FaultName) ?? true);
  if (faults.length === 0) return;
  while (!isOver()) {
    await delay(world.random() ** 2 * restMs);
    const [name, fault] = pick(world.random, faults);
    const from = performance.now();
    await fault(world);
    done.push({ name, from, to: performance.now() });
  }
}
