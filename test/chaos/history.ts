/**
 * What clients and the target saw of a run: all that the checker is given. Times are in ms of one monotonic clock, that
 * of the process which drives the run. A request is known by the name that its client has given it.
 */

/** `refused`: the first answer was a 4xx. `unknown`: nothing that tells how it ended. */
export type Verdict = 'done' | 'refused' | 'unknown';

/** What a 202 says of a request. */
export interface Place {
  readonly id: string;
  /** us */
  readonly seq: number;
}

/** One call of `/enqueue` or `/enqueue/batch` with all its repetitions: one Idempotency-Key. */
export interface Enqueued {
  readonly user: string;
  readonly names: readonly string[];
  readonly delayMs: number;
  /** Before it was sent for the first time. */
  readonly sentAt: number;
  /** After the last answer. */
  readonly answeredAt: number;
  readonly verdict: Verdict;
  /** The places of its requests, as each 202 has told them. */
  readonly answers: readonly (readonly Place[])[];
}

/**
 * `halt`, `cancelRest`, `continue`: what the queue does from now on about a failure. `erased`: it was told that an erasure is
 * done.
 */
export type DecisionKind =
  | 'cancel'
  | 'retry'
  | 'dismiss'
  | 'pause'
  | 'resume'
  | 'halt'
  | 'cancelRest'
  | 'continue'
  | 'purge'
  | 'limit'
  | 'erase'
  | 'erased';

/** So many starts in so long. */
export interface Rate {
  readonly limit: number;
  readonly perMs: number;
}

/** A time, from when to when. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What a user has decided about a request, or about the queue. */
export interface Decision {
  readonly user: string;
  readonly kind: DecisionKind;
  /** Of the request, if it is about one. */
  readonly name?: string;
  /** Of `limit`; null lifts it. An admin has decided that. */
  readonly rate?: Rate | null;
  readonly sentAt: number;
  readonly answeredAt: number;
  readonly verdict: Verdict;
  /** How often it was sent; all but one may have come without an answer. */
  readonly tries: number;
  /** The code of the last answer, if it was no success. */
  readonly code?: string;
}

/** A call that came to the target. */
export interface Call {
  readonly user: string;
  readonly name: string;
  readonly id: string;
  readonly seq: number;
  /** From 1; a retry of the user begins anew. */
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly token: number;
  readonly startedAt: number;
  /** When it was answered, or its caller was gone; Infinity while it is open. */
  readonly endedAt: number;
  /** What it was answered; undefined if its caller was gone before. */
  readonly status: number | undefined;
  /** An external worker ran it. */
  readonly isExternal?: boolean;
  /** The status that the API answered to an external worker who told how it ended. */
  readonly told?: string;
  /** It bore a lower token than one seen before, and was refused. */
  readonly isLate: boolean;
  /** Its process was frozen while it was open, or just before it came: nothing there could have ended it. */
  readonly wasFrozen: boolean;
}

/** How the API says that a request has ended. */
export interface End {
  readonly user: string;
  readonly name: string;
  readonly status: string;
  readonly errorCode?: string | undefined;
}

/** What the API says of a user's queue when all is over. */
export interface LastLook {
  readonly user: string;
  readonly state: string;
  readonly pending: number;
}

export interface History {
  readonly enqueued: readonly Enqueued[];
  readonly decisions: readonly Decision[];
  readonly calls: readonly Call[];
  readonly ends: readonly End[];
  readonly queues: readonly LastLook[];
  /** When something was hurt. */
  readonly hurts: readonly Span[];
  /** When Redis may have lost what it knew, or its clock was moved. Each fills the buckets of rates. */
  readonly refills: readonly Span[];
  /** When a clock was moved. */
  readonly moves: readonly Span[];
}
