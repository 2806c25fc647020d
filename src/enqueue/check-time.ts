import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Clock } from '../common/time/clock';
import { Problem } from '../common/errors/problem';
import { SECOND_MS } from '../common/time/units';

/** Window, s. */
const WINDOW_SECONDS = 10;
/** Time to check the payloads of one user per window, in each process, ms. */
const SHARE_MS = SECOND_MS;

/**
 * Limits the time spent on checking one user's payloads. A check blocks every caller of this process, and a declared
 * schema may be slow on some payloads. (P5)
 */
@Injectable()
export class CheckTime {
  /** Milliseconds spent in the window, by user. */
  private readonly spent = new RateLimiterMemory({ points: SHARE_MS, duration: WINDOW_SECONDS });

  constructor(private readonly clock: Clock) {}

  /**
   * Call it once per call, however much was checked. @throws Problem rate_limited if the user's checks took too long
   */
  async mustBeLeft(userId: string): Promise<void> {
    const before = await this.spent.get(userId);
    if (before && before.remainingPoints <= 0)
      throw new Problem(
        'rate_limited',
        'Checking your payloads has recently taken too much time. Wait a little.',
        {
          retryAfterSeconds: before.msBeforeNext / SECOND_MS,
        },
      );
  }

  /** Runs a check and counts its time. */
  async check<T>(userId: string, check: () => T): Promise<T> {
    const since = this.clock.monotonic();
    try {
      return check();
    } finally {
      const ms = Math.floor(this.clock.monotonic() - since);
      if (ms > 0) await this.spent.penalty(userId, ms);
    }
  }
}
