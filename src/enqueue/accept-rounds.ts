import type { Clock } from '../common/time/clock';
import { Problem } from '../common/errors/problem';
import type { Permit } from '../queue/epochs/permit';

/** How often an accept starts over; each time, another call with the same key has made progress. */
const ROUNDS = 5;

/** The result of one try. `again`: try again, with a seq above the given one. */
export type Round<T> = { readonly accepted: T } | { readonly again: { readonly above: number } };

/** Work under a permit, which is released once all of it has ended, including the confirm. */
export class Begun {
  private rest: Promise<void> = Promise.resolve();

  constructor(readonly permit: Permit) {}

  /** Work that continues after the answer; it must not reject. */
  continueWith(rest: Promise<void>): void {
    this.rest = rest;
  }

  /** Marks that the answer is decided. */
  end(): void {
    void this.rest.then(() => this.permit.release());
  }
}

/**
 * Tries an accept until a try has an answer, each time under a new permit.
 * @throws Problem of the work; unavailable where the outcome is unknown
 */
export async function inRounds<T>(
  permit: () => Permit,
  begin: (begun: Begun, above: number) => Promise<Round<T>>,
): Promise<T> {
  for (let round = 0, above = 0; round < ROUNDS; round++) {
    const begun = new Begun(permit());
    try {
      const outcome = await begin(begun, above);
      if ('accepted' in outcome) return outcome.accepted;
      above = outcome.again.above;
    } catch (error) {
      throw error instanceof Problem ? error : outcomeUnknown(error);
    } finally {
      begun.end();
    }
  }
  throw outcomeUnknown(new Error('other calls with the same key kept changing it'));
}

/**
 * The result of a write, if it arrives by the deadline (monotonic time).
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
    'The request may or may not have been accepted. Repeat the call with the same Idempotency-Key to find out.';
  return new Problem('unavailable', detail, { retryAfterSeconds: 1, cause });
}
