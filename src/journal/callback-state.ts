/** The state of sending `callbackUrl`; absent before the first attempt. */
export interface CallbackState {
  /** Attempts that have started. */
  readonly attempts: number;
  /** No attempt before this time: one is running, or a failed one waits for its backoff. */
  readonly waitUntil?: Date;
  /** Set when no further attempt follows. */
  readonly outcome?: 'delivered' | 'failed';
  readonly finishedAt?: Date;
  /** The HTTP status of the target's last response. */
  readonly lastStatus?: number;
  /** Why the last attempt failed. */
  readonly lastError?: { readonly code: string; readonly message: string };
}

/**
 * Finds pending callbacks, due or not. The write that ends a request removes `pending`, and that alone makes its
 * callback due: no crash can come between the two. The user comes last in the index, so that the scan does not read
 * users who are skipped because one of their callbacks is running. (P5)
 */
export const CALLBACK_INDEX = {
  'callback.outcome': 1,
  pending: 1,
  'callback.waitUntil': 1,
  userId: 1,
} as const;

/** Matches an ended request whose callback is neither delivered nor given up. `null` matches a missing field. */
export const OWED_CALLBACK = {
  callbackUrl: { $exists: true },
  'callback.outcome': null,
  pending: null,
  finishedAt: { $exists: true }, // an abandoned request has no callback
} as const;
