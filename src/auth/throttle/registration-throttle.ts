import { Injectable } from '@nestjs/common';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import { RedisConnection } from '../../stores/redis/redis-connection';
import { clientNetwork } from '../../common/flow/client-network';
import { limiter, take } from './limiters';
import { ThrottleLimits } from './throttle-limits';

/** Limits how many accounts an address can create. */
@Injectable()
export class RegistrationThrottle {
  private readonly byAddress: RateLimiterAbstract;

  constructor(redis: RedisConnection, limits: ThrottleLimits) {
    this.byAddress = limiter(redis, 'register-address', limits.registrationsOfAddress);
  }

  /** @throws Problem rate_limited */
  async take(address: string): Promise<void> {
    await take(this.byAddress, clientNetwork(address));
  }
}
