import { HOUR_MS, SECOND_MS } from '../common/time/units';

/** What stands where a request says nothing. */
export const REQUEST_DEFAULTS = {
  maxAttempts: 5,
  backoff: { type: 'exponential', delayMs: SECOND_MS, maxDelayMs: HOUR_MS },
  timeoutMs: 30 * SECOND_MS,
} as const;
