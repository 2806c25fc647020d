/**
 * The right to act on one shard under one epoch. Without one a process promises nothing (P1, P3): no 202, no handler,
 * no lease. A process acknowledges a shard's new epoch to a recovery only when all its permits of older epochs are
 * released. So release a permit as soon as nothing that began under it is left, in a `finally`.
 */
export interface Permit {
  readonly shard: number;
  readonly epoch: number;
  /** Monotonic time (Clock) until which it is valid. It can end sooner, see `isValid`. */
  readonly validUntil: number;
  /** False once the view has ended or shown another epoch: then nothing more may be promised. */
  isValid(): boolean;
  /** Call it when no work under it is left. Safe to call twice. */
  release(): void;
}

/** Does something under a permit, and releases it when that has ended, in any way. */
export async function permitted<T>(permit: Permit, act: (permit: Permit) => Promise<T>): Promise<T> {
  try {
    return await act(permit);
  } finally {
    permit.release();
  }
}
