import { setTimeout as delay } from 'node:timers/promises';

/** Waits for a condition of the world outside the test; where it never comes true, Jest's own timeout ends the test. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await condition()); tries++) {
    if (tries > 10_000) throw new Error(`waited in vain until ${what}`);
    await delay(10);
  }
}
