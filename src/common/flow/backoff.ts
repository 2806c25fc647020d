/** The waits between attempts; durations in ms. */
export interface Backoff {
  readonly type: 'exponential' | 'fixed';
  readonly delay: number;
  readonly maxDelay: number;
}

/**
 * The wait after failed attempt n (from 1), in ms. Exponential: `delay` * 2^(n-1), at most `maxDelay`, less a random
 * part of up to half ("equal jitter"), so that attempts that failed together are not repeated together.
 *
 * @param random from 0 to 1
 */
export function backoffOf({ type, delay, maxDelay }: Backoff, n: number, random = Math.random()): number {
  if (type === 'fixed') return delay;
  const full = Math.min(maxDelay, delay * 2 ** Math.min(n - 1, 52));
  return Math.round(full * (1 - random / 2));
}
