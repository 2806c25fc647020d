/** Most requests that are counted: the cost of a count must not grow with the backlog. */
export const MOST_COUNTED = 100_000;

export interface PendingReading {
  /** Pending requests in MongoDB; MOST_COUNTED if there are at least that many. */
  readonly pendingRequests: number;
  /** Time since the first attempt of the request that has been retried the longest, s; 0 if there is none. */
  readonly oldestRetryingSeconds: number;
}

/** The pending requests of the whole cluster, read on demand. The journal implements it, metrics read it. */
export abstract class PendingGauges {
  /** @throws if MongoDB cannot be read */
  abstract read(): Promise<PendingReading>;
}
