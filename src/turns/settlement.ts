import type { SettleItem } from '../queue/scripts/shard-scripts.service';

/** What the user's queue is told at the end of a turn. */
export type Settlement = Pick<SettleItem, 'op' | 'attemptsMade' | 'notBefore' | 'halting'>;

/** The request has ended. */
export const DONE: Settlement = { op: 'done', attemptsMade: 0, notBefore: 0 };

/** It has ended, and halts its queue: it failed under this token. */
export const haltedBy = (token: number): Settlement => ({ ...DONE, halting: token });

/** It is to be run again, from the start of this attempt. */
export const BACK: Settlement = { op: 'back', attemptsMade: 0, notBefore: 0 };

/** It waits for its next attempt. @param notBefore ms since 1970 */
export const retry = (attemptsMade: number, notBefore = 0): Settlement => ({
  op: 'retry',
  attemptsMade,
  notBefore,
});
