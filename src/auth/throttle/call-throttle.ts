import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { HttpSettings } from '../../config/settings';
import { take } from './limiters';

/**
 * Bounds how many calls an account makes of this process in a second, so that nobody's loop slows down the others. It is
 * counted in memory, by account alone: a stranger cannot make it grow. (Strangers' logins have throttles of their own.)
 */
@Injectable()
export class CallThrottle {
  private readonly calls: RateLimiterMemory | undefined;

  constructor({ callsPerSecond: points }: HttpSettings) {
    this.calls = points === 0 ? undefined : new RateLimiterMemory({ points, duration: 1 });
  }

  /** Counts one call. @throws Problem rate_limited */
  async count(accountId: string): Promise<void> {
    if (this.calls) await take(this.calls, accountId);
  }
}
