import { SECOND_MS } from '../time/units';

/** The first client comes back after this time, and each further one this much later than the one before, ms. */
const FIRST_MS = SECOND_MS;
const APART_MS = 50;

/**
 * When clients that found no place come back: each at its own time, in the order in which they were sent away. So a
 * crowd of any size asks at a fixed rate. (P5)
 */
export class ReturnTimes {
  /** Monotonic time at which the last client comes back. */
  private last = -Infinity;

  /** @param now monotonic @returns ms after which the next client comes back */
  next(now: number): number {
    this.last = Math.max(now + FIRST_MS, this.last + APART_MS);
    return this.last - now;
  }
}
