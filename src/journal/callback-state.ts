/** How far telling `callbackUrl` of a request's end has come; absent before the first attempt. */
export interface CallbackState {
  /** Attempts that were begun. */
  readonly attempts: number;
  /** Nobody else tries before: an attempt is under way, or a failed one is waited out. */
  readonly waitUntil?: Date;
  /** Set when no attempt follows any more. */
  readonly outcome?: 'delivered' | 'failed';
  readonly finishedAt?: Date;
  /** The HTTP status of the target's last response. */
  readonly lastStatus?: number;
  /** Why the last attempt failed. */
  readonly lastError?: { readonly code: string; readonly message: string };
}

/**
 * Finds callbacks that are still owed, whether due or not: the write that ends a request takes `pending` away, and
 * by that alone makes its callback due. No crash can come between the two. The user comes last, so that those who are
 * passed over, for one of theirs is under way, are not read. (P5)
 */
export const CALLBACK_INDEX = {
  'callback.outcome': 1,
  pending: 1,
  'callback.waitUntil': 1,
  userId: 1,
} as const;
