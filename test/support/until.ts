import { setTimeout as delay } from 'node:timers/promises';

interface Wait {
  what: string;
}

/** The waits of the test that runs (test/support/failure-environment.js): named, and ended, when the test fails. */
const waits = () => (globalThis as unknown as { waits: Set<Wait> }).waits;

/** Polls until a condition is true, or Jest ends the test. */
export const until = (what: string, condition: () => boolean | Promise<boolean>): Promise<void> =>
  poll({ what }, condition);

/** Polls until an expectation holds, or Jest ends the test: then the last mismatch is shown. */
export function untilHolds(what: string, expectation: () => Promise<void>): Promise<void> {
  const wait = { what };
  return poll(wait, async () => {
    try {
      await expectation();
      return true;
    } catch (error) {
      wait.what = `${what}: ${(error as Error).message}`;
      return false;
    }
  });
}

async function poll(wait: Wait, condition: () => boolean | Promise<boolean>): Promise<void> {
  const ofThisTest = waits();
  ofThisTest.add(wait);
  try {
    while (!(await condition())) {
      if (waits() !== ofThisTest) throw new Error(`The test has ended; it waited until ${wait.what}.`);
      await delay(10);
    }
  } finally {
    ofThisTest.delete(wait);
  }
}
