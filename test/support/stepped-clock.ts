import { Clock } from '../../src/common/time/clock';

/** Monotonic time that passes only when a test says so. */
export class SteppedClock extends Clock {
  now = 0;
  override monotonic(): number {
    return this.now;
  }
  step(ms: number): void {
    this.now += ms;
  }
}
