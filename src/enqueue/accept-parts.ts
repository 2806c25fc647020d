import type { Clock } from '../common/time/clock';
import { Problem } from '../common/errors/problem';

/** Beginnings of one accept; each further one means that another call with the same key has made progress. */
export const ROUNDS = 5;

/** What one beginning has led to; `again`: begin anew, with a seq above the one given. */
export type Round<T> = { readonly accepted: T } | { readonly again: { readonly above: number } };

/**
 * The writing's result, if it comes by the deadline (monotonic time).
 * @throws Problem unavailable, at the deadline or when the outcome is unknown
 */
export async function byDeadline<T>(writing: Promise<T>, deadline: number, clock: Clock): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const ms = deadline - clock.monotonic();
    timer = setTimeout(() => reject(new Error('the insert took too long')), ms);
  });
  try {
    return await Promise.race([writing, late]);
  } catch (error) {
    throw outcomeUnknown(error);
  } finally {
    clearTimeout(timer);
  }
}

export function outcomeUnknown(cause: unknown): Problem {
  const detail =
    'It is not known whether the request was accepted. A retry with the same Idempotency-Key tells.';
  return new Problem('unavailable', detail, { retryAfterSeconds: 1, cause });
}
