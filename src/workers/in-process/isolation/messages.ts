import type { LeasedJob } from '../../../queue/scripts/leased-job';
import type { AttemptNotes } from '../../../journal/attempt-notes';
import type { HandlerEnd } from '../attempt-outcome';

/** The first argument of the program when it is to be an isolated process. */
export const ISOLATED = 'isolated';

/** What an isolated process is told. Times in ms of the clock that all processes of the machine share. */
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
  /** When it must be gone, unless it is told another time before. (P1) */
  | { readonly kind: 'deadline'; readonly at: number }
  /** The handler is to stop. @param message of the abort's reason */
  | { readonly kind: 'stop'; readonly message: string };

/** What an isolated process tells. */
export type Report =
  | { readonly kind: 'ready' }
  /** Its event loop turns. */
  | { readonly kind: 'alive' }
  /** In place of all notes before. */
  | { readonly kind: 'notes'; readonly notes: AttemptNotes }
  | { readonly kind: 'ended'; readonly end: HandlerEnd }
  /** It ends, because of an exception that nobody caught. */
  | { readonly kind: 'broken'; readonly message: string };

/** How often each side tells the other that it is there, in parts of a lease. */
export const TELLS_A_LEASE = 10;
