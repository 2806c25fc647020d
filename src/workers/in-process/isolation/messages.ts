import type { LeasedJob } from '../../../queue/scripts/leased-job';
import type { AttemptNotes } from '../../../journal/attempt-notes';
import type { HandlerEnd } from '../attempt-outcome';

/** The first argument that makes the program an isolated process. */
export const ISOLATED = 'isolated';

/** A message to an isolated process. Times in ms of the clock that all processes of the machine share. */
export type Order =
  | {
      readonly kind: 'run';
      readonly job: LeasedJob;
      readonly attempt: number;
      /** See `deadline`. */
      readonly deadline: number;
      /** From that clock to the shard's time. */
      readonly shardOffset: number;
    }
  /** When it must have ended, unless a later message changes it. (P1) */
  | { readonly kind: 'deadline'; readonly at: number }
  /** Tells the handler to stop. @param message of the abort's reason */
  | { readonly kind: 'stop'; readonly message: string };

/** A message from an isolated process. */
export type Report =
  | { readonly kind: 'ready' }
  /** Its event loop runs. */
  | { readonly kind: 'alive' }
  /** Replaces all earlier notes. */
  | { readonly kind: 'notes'; readonly notes: AttemptNotes }
  | { readonly kind: 'ended'; readonly end: HandlerEnd }
  /** It ends because of an uncaught exception. */
  | { readonly kind: 'broken'; readonly message: string };

/** Signs of life that each side sends per lease. */
export const TELLS_A_LEASE = 10;
