import { setTimeout as delay } from 'node:timers/promises';
import { pick, pickWeighted } from '../support/seeded';
import type { Action } from './actions';
import type { FaultName, FAULTS } from './faults/all';
import type { World } from './faults/fault';
import type { ChaosUser } from './user';

/** Times as in the history. */
export interface DoneFault {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export type IsOver = () => boolean;

/** @returns whether this time (ms) has passed */
export function after(ms: number): IsOver {
  const end = performance.now() + ms;
  return () => performance.now() > end;
}

/** Runs the actions of a user one after the other. */
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

/** Runs the faults of a list one after the other. */
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
