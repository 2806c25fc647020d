import type { JobOptions } from '../../queue/job-options';

/**
 * The wait after failed attempt n (from 1), in ms. Exponential: `delay` * 2^(n-1), at most `maxDelay`, of which a
 * random half is taken off at most ("equal jitter"), so that requests which failed together do not return together.
 *
 * @param random from 0 to 1
 */
export function backoffOf(
  { type, delay, maxDelay }: JobOptions['backoff'],
  n: number,
  random = Math.random(),
): number {
  if (type === 'fixed') return delay;
  const full = Math.min(maxDelay, delay * 2 ** Math.min(n - 1, 52));
  return Math.round(full * (1 - random / 2));
}
