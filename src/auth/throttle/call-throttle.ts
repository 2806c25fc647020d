import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { HttpSettings } from '../../config/settings';
import { take } from './limiters';

/**
 * Limits how many calls an account makes of this process per second, so that a client in a loop does not slow down
 * others. Counts in memory and by account: a stranger cannot make the memory grow. (Logins have throttles of their
 * own.)
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
