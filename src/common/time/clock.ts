import { Injectable } from '@nestjs/common';

/**
 * The process's clocks. `monotonic` decides (leases, views, deadlines: it never jumps); `wall` only labels
 * (times shown to people, documents). Redis has a clock of its own, TIME, used inside scripts alone.
 */
@Injectable()
export class Clock {
  /** Milliseconds since an arbitrary moment; grows steadily, also when the machine's date is changed. */
  monotonic(): number {
    return performance.now();
  }

  /** Milliseconds since 1970, as the machine believes. */
  wall(): number {
    return Date.now();
  }
}
