import type { Args } from './script-runner';

/** An attempt of an external worker, for `lua/extend.lua`. Times in ms. */
export interface LeaseExtension {
  readonly userId: string;
  readonly requestId: string;
  readonly token: number;
  readonly leaseMs: number;
  /** How much longer the lease lasts in Redis than its holder is told. */
  readonly graceMs: number;
  /** The total time that the attempt may take. */
  readonly limitMs: number;
  /** A part of the name of the lease's worker; if omitted, any worker's lease is extended. */
  readonly holder?: string | undefined;
}

/** A lease that was extended; times by the shard's clock, ms. */
export interface ExtendedLease {
  readonly now: number;
  readonly leaseMs: number;
  readonly startedAt: number;
  readonly attemptsMade: number;
  readonly worker: string;
}

export function extendArgs(attempt: LeaseExtension): Args {
  const { userId, requestId, token, leaseMs, graceMs, limitMs, holder } = attempt;
  return [userId, requestId, token, leaseMs, graceMs, limitMs, ...(holder === undefined ? [] : [holder])];
}

/** Reads the reply of `lua/extend.lua`. @returns undefined if the lease is lost, or 'others' if it is another worker's */
export function readExtended(reply: unknown): ExtendedLease | 'others' | undefined {
  if (reply === 'LOST') return undefined;
  if (reply === 'OTHERS') return 'others';
  const [now, granted, startedAt, attemptsMade, worker] = reply as [string, string, string, string, string];
  return {
    now: Number(now),
    leaseMs: Number(granted),
    startedAt: Number(startedAt),
    attemptsMade: Number(attemptsMade),
    worker,
  };
}
