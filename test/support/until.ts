import { setTimeout as delay } from 'node:timers/promises';

/** Polls until a condition is true. Fails after 10,000 tries, unless Jest ends the test before. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await condition()); tries++) {
    if (tries > 10_000) throw new Error(`timed out waiting until ${what}`);
    await delay(10);
  }
}
