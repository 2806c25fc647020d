import {
  RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { Problem } from '../../common/errors/problem';
import type { RedisConnection } from '../../stores/redis/redis-connection';
import { SECOND_MS } from '../../common/time/units';
import type { Limit } from './throttle-limits';

/** Counts in Redis for all processes. While Redis is unreachable, each process counts for itself. */
export function limiter({ client }: RedisConnection, name: string, limit: Limit): RateLimiterAbstract {
  const options = { keyPrefix: `tw:throttle:${name}`, points: limit.points, duration: limit.seconds };
  return new RateLimiterRedis({
    ...options,
    storeClient: client,
    insuranceLimiter: new RateLimiterMemory(options),
  });
}

/**
 * Counts one try and returns the count.
 * @throws Problem rate_limited above the limit
 */
export async function take(of: RateLimiterAbstract, key: string): Promise<RateLimiterRes> {
  try {
    return await of.consume(key);
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) throw rateLimited(refusal);
    throw refusal;
  }
}

export const rateLimited = ({ msBeforeNext }: RateLimiterRes): Problem =>
  new Problem('rate_limited', 'Too many attempts. Wait before you try again.', {
    retryAfterSeconds: msBeforeNext / SECOND_MS,
  });
