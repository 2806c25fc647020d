/** Most requests that are counted: the cost of a count must not grow with the backlog. */
export const MOST_COUNTED = 100_000;

/** The same for callbacks: each must be read, not only its entry in the index. */
export const MOST_CALLBACKS_COUNTED = 1_000;

/** The pending requests of the whole cluster, read on demand. The journal implements it, metrics read it. */
export abstract class PendingGauges {
  /** Pending requests in MongoDB; MOST_COUNTED if there are at least that many. @throws if MongoDB cannot be read in time */
  abstract pendingRequests(): Promise<number>;

  /**
   * Time since the first attempt, after the last manual retry, of the request that has been retried the longest, s; 0 if
   * there is none. @throws as above
   */
  abstract oldestRetryingSeconds(): Promise<number>;

  /** Callbacks neither delivered nor given up; MOST_CALLBACKS_COUNTED if there are at least that many. @throws as above */
  abstract pendingCallbacks(): Promise<number>;
}
