import { SECOND_MS } from '../time/units';

/** The first comes again after this, and each this much after the one before it, ms. */
const FIRST_MS = SECOND_MS;
const APART_MS = 50;

/**
 * When those come again who found no place: each at a time of its own, in the order in which they were sent away, so that a
 * crowd asks twenty times a second, however large it is. (P5)
 */
export class ReturnTimes {
  /** Monotonic time of the last one's. */
  private last = -Infinity;

  /** @param now monotonic @returns ms after which the next one comes again */
  next(now: number): number {
    this.last = Math.max(now + FIRST_MS, this.last + APART_MS);
    return this.last - now;
  }
}
