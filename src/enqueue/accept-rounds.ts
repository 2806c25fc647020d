import type { Clock } from '../common/time/clock';
import { Problem } from '../common/errors/problem';
import type { Permit } from '../queue/epochs/permit';
import type { Replay } from './idempotency.service';

/** How often an accept starts over; each time, another call with the same key has made progress. */
const ROUNDS = 5;

/** The result of one try. `again`: try again, with a seq above the given one. */
export type Round<T> = { readonly accepted: T } | { readonly again: { readonly above: number } };

/** One try of an accept. Its permit is released once all its work has ended, including late inserts and the confirm. */
export class Try {
  private rest: Promise<unknown> = Promise.resolve();

  constructor(readonly permit: Permit) {}

  /** Work that may continue after the answer, whatever comes of it. */
  keepPermitFor(rest: Promise<unknown>): void {
    this.rest = Promise.allSettled([this.rest, rest]);
  }

  /** Marks that the answer is decided. */
  end(): void {
    void this.rest.then(() => this.permit.release());
  }
}

/** The earlier answer of the key; else another try, which takes the key or finds its answer. */
export const roundOf = <T extends object>(replay: Replay<T>): Round<T> =>
  typeof replay === 'object' ? { accepted: replay } : { again: { above: 0 } };

/** A replay takes no place and stores nothing, so it is answered also to a user whose new request is refused. */
export async function unlessReplayed<T extends object>(
  replay: Replay<T>,
  refusal: () => Promise<Problem>,
): Promise<Round<T>> {
  if (replay === 'free') throw await refusal();
  return roundOf(replay);
}

/**
 * Tries an accept until a try has an answer, each time under a new permit.
 * @throws Problem of the work; unavailable where the outcome is unknown
 */
export async function inRounds<T>(
  permit: () => Permit,
  tryOnce: (thisTry: Try, above: number) => Promise<Round<T>>,
): Promise<T> {
  for (let round = 0, above = 0; round < ROUNDS; round++) {
    const thisTry = new Try(permit());
    try {
      const outcome = await tryOnce(thisTry, above);
      if ('accepted' in outcome) return outcome.accepted;
      above = outcome.again.above;
    } catch (error) {
      throw error instanceof Problem ? error : outcomeUnknown(error);
    } finally {
      thisTry.end();
    }
  }
  throw outcomeUnknown(new Error('other calls with the same key kept changing it'));
}

/**
 * The result of a write, if it arrives by the deadline (monotonic time). Otherwise the permit lasts until the write has
 * ended: a recovery must not scan before it has landed.
 * @throws Problem unavailable, at the deadline or when the outcome is unknown
 */
export async function byDeadline<T>(
  thisTry: Try,
  writing: Promise<T>,
  deadline: number,
  clock: Clock,
): Promise<T> {
  thisTry.keepPermitFor(writing);
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
  return new Problem('unavailable', detail, { cause });
}
