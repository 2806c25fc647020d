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

/** Does something under a permit, and releases it when that has ended, however it ends. */
export async function permitted<T>(permit: Permit, act: (permit: Permit) => Promise<T>): Promise<T> {
  try {
    return await act(permit);
  } finally {
    permit.release();
  }
}
