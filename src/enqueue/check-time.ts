import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Clock } from '../common/time/clock';
import { Problem } from '../common/errors/problem';
import { SECOND_MS } from '../common/time/units';

/** Of so many seconds, */
const WINDOW_SECONDS = 10;
/** so many milliseconds may go into checking the payloads of one user, in each process. */
const SHARE_MS = SECOND_MS;

/**
 * Bounds what the checks of one user's payloads take: each is paid for by everybody in this process, and a schema may
 * have been declared that takes long with some payloads. (P5)
 */
@Injectable()
export class CheckTime {
  /** Milliseconds spent, by user. */
  private readonly spent = new RateLimiterMemory({ points: SHARE_MS, duration: WINDOW_SECONDS });

  constructor(private readonly clock: Clock) {}

  /** To be asked once a call, however much it has checked. @throws Problem rate_limited if it took too long lately */
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

  /** Runs a check that counts. */
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
