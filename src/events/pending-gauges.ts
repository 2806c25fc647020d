/** Requests that are counted at most: what a count costs must not grow with the backlog. */
export const MOST_COUNTED = 100_000;

export interface PendingReading {
  /** Requests that are on record and have not ended; MOST_COUNTED if there are at least so many. */
  readonly pendingRequests: number;
  /** How long ago the request began that has failed and been retried for the longest time, in seconds; 0 if there is none. */
  readonly oldestRetryingSeconds: number;
}

/** What is on record of the whole cluster, read when somebody asks. The journal implements it, metrics read it. */
export abstract class PendingGauges {
  /** @throws if MongoDB cannot tell */
  abstract read(): Promise<PendingReading>;
}
