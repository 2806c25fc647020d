import type { StoredStatus } from '../../journal/request-document';
import type { SettleItem } from '../../queue/scripts/settle';

/** What a turn's end changes in the user's queue. */
export type Settlement = Pick<
  SettleItem,
  'op' | 'attemptsMade' | 'notBefore' | 'since' | 'halting' | 'ended' | 'isUnused' | 'isUnseen'
>;

/** Nothing of it is left to run. */
export const DONE: Settlement = { op: 'done', attemptsMade: 0, notBefore: 0 };

/** The request has ended, with its event; for a cancelled one only if the cancel did not emit it. */
export const endedAs = (status: StoredStatus): Settlement =>
  status === 'succeeded' || status === 'failed' || status === 'cancelled' ? { ...DONE, ended: status } : DONE;

/** It has ended under this token, failed, and halts its queue. */
export const haltedBy = (token: number): Settlement => ({ ...endedAs('failed'), halting: token });

/** It runs again, from the start of this attempt. */
export const BACK: Settlement = { op: 'back', attemptsMade: 0, notBefore: 0 };

/** As BACK, but only after a wait. @param since ms since 1970, by the shard's time */
export const backAfter = (waitMs: number, since: number): Settlement => ({
  ...BACK,
  notBefore: since + waitMs,
  since,
});

/** A retry of a suspect: only a look-up shows that it still is one. */
export const rechecked = (settlement: Settlement): Settlement =>
  settlement.op === 'retry' ? { ...settlement, op: 'recheck' } : settlement;

/** It waits for its next attempt. @param notBefore ms since 1970 @param since when its last attempt ended, as `notBefore` */
export const retry = (attemptsMade: number, notBefore = 0, since = 0): Settlement => ({
  op: 'retry',
  attemptsMade,
  notBefore,
  since,
});

/** The turn ends without having started anything, so the user's rate counts no start. (P5) */
export const unused = (settlement: Settlement): Settlement => ({ ...settlement, isUnused: true });

/** It goes back before anything was done with it, so the next worker gets what is known of the attempts that were lost. */
export const UNSEEN: Settlement = { ...unused(BACK), isUnseen: true };
