import { SECOND_MS } from '../common/time';

/** A recovery waits so much longer than any view of an older epoch lasts, ms. (P1) */
export const RECOVERY_MARGIN_MS = SECOND_MS;

/** A worker's process is gone so long before its lease ends, whatever its handler does: a tenth of a short one, ms. (P1) */
export const leaseMarginMs = (leaseMs: number): number => Math.min(SECOND_MS / 2, leaseMs / 10);

/**
 * The right to act on one shard under one epoch. Nothing is promised without one (P1, P3): not a 202, not a
 * handler, not a lease. A shard's new epoch is acknowledged to a recovery only when every permit of the older
 * one has been released, so it is released as soon as nothing begun under it is left, and in a `finally`.
 */
export interface Permit {
  readonly shard: number;
  readonly epoch: number;
  /** Monotonic time (Clock) up to which it may be acted under; it can end sooner, see `isValid`. */
  readonly validUntil: number;
  /** False once the view has ended or shown another epoch: from then on nothing more may be promised. */
  isValid(): boolean;
  /** Says that nothing begun under it is left. Safe to call twice. */
  release(): void;
}
