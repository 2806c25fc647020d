import type { ServingWorker } from './claim';
import { LeasedJob, readLeasedJobs } from './leased-job';
import type { Args } from './script-runner';

export interface SettleItem {
  readonly userId: string;
  readonly requestId: string;
  readonly token: number;
  readonly op: 'done' | 'retry' | 'recheck' | 'back';
  readonly attemptsMade: number;
  /** ms since 1970 */
  readonly notBefore: number;
  /** When the wait until `notBefore` began, by the same clock. */
  readonly since?: number | undefined;
  /** The fencing token under which it failed, if its failure halts the queue. */
  readonly halting?: number | undefined;
  /** The event of an ended request. */
  readonly ended?: 'succeeded' | 'failed' | 'cancelled' | undefined;
  /** Nothing started under this lease, so the user's rate counts no start. */
  readonly isUnused?: boolean | undefined;
  /** It was not even looked up: the next worker gets it as this one did. Only of `back`. */
  readonly isUnseen?: boolean | undefined;
  /** Whether to lease the user's next request: at once, only if no other user is due, or not. */
  readonly want: 'next' | 'next_if_alone' | 'nothing';
}

export type SettleReply =
  { readonly outcome: 'settled'; readonly next: LeasedJob | undefined } | { readonly outcome: 'lost' };

const WANT = { nothing: 0, next: 1, next_if_alone: 2 } as const;

/** What all items of one call share. */
export const settleTerms = (worker: ServingWorker, leaseMs: number): Args => [
  worker.name,
  leaseMs,
  worker.lanes,
];

/** An item of `lua/settle.lua`. */
export function settleArgs(item: SettleItem): Args {
  const { userId, requestId, token, op, attemptsMade, notBefore, halting = 0, ended = '' } = item;
  const { isUnused = false, isUnseen = false, want, since = 0 } = item;
  const attempt = [userId, requestId, token, op, attemptsMade, notBefore, halting, ended];
  return [...attempt, isUnseen ? 2 : isUnused ? 1 : 0, WANT[want], since];
}

/** Reads the reply of `lua/settle.lua`. @param items as they were sent */
export function readSettles(shard: number, reply: unknown, items: readonly Args[]): SettleReply[] {
  const [now, codes, flat] = reply as [string, ('OK' | 'LOST')[], string[]];
  const next = new Map(readLeasedJobs(shard, Number(now), flat).map((job) => [job.userId, job]));
  return codes.map((code, i) =>
    code === 'LOST' ? { outcome: 'lost' } : { outcome: 'settled', next: next.get(String(items[i]![0])) },
  );
}
