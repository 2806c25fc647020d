import type { Args } from './script-runner';

/** An attempt of an external worker, as `lua/extend.lua` asks for it. Times in ms. */
export interface LeaseExtension {
  readonly userId: string;
  readonly requestId: string;
  readonly token: number;
  readonly leaseMs: number;
  /** What the lease lasts in Redis beyond what its holder is told. */
  readonly graceMs: number;
  /** What the attempt may take in all. */
  readonly limitMs: number;
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
  const { userId, requestId, token, leaseMs, graceMs, limitMs } = attempt;
  return [userId, requestId, token, leaseMs, graceMs, limitMs];
}

/** Reads the reply of `lua/extend.lua`. @returns undefined if the lease is lost */
export function readExtended(reply: unknown): ExtendedLease | undefined {
  if (reply === 'LOST') return undefined;
  const [now, granted, startedAt, attemptsMade, worker] = reply as [string, string, string, string, string];
  return {
    now: Number(now),
    leaseMs: Number(granted),
    startedAt: Number(startedAt),
    attemptsMade: Number(attemptsMade),
    worker,
  };
}
