import type { Args } from './script-runner';

/** Users whose lease is another worker's, and users whose request was cancelled. */
export interface RenewReply {
  readonly lost: string[];
  readonly cancelled: string[];
}

export const renewArgs = (
  leaseMs: number,
  leases: readonly { readonly userId: string; readonly token: number }[],
): Args => [leaseMs, ...leases.flatMap(({ userId, token }) => [userId, token])];

/** Reads the reply of `lua/renew.lua`. */
export function readRenewals(reply: unknown): RenewReply {
  const [, lost, cancelled] = reply as [string, string[], string[]];
  return { lost, cancelled };
}
