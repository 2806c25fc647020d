import { Injectable } from '@nestjs/common';

/**
 * The clocks of the process. `monotonic` decides (leases, views, deadlines) and never jumps; `wall` only labels (times
 * for people, documents). Redis has its own clock, TIME, used only inside scripts.
 */
@Injectable()
export class Clock {
  /** Milliseconds since an arbitrary moment. Grows steadily, even when the machine's date is changed. */
  monotonic(): number {
    return performance.now();
  }

  /** Milliseconds since 1970, by the machine's date. */
  wall(): number {
    return Date.now();
  }
}
