/**
 * What clients and the target saw of a run: the only input of the checker. Times are ms of one monotonic clock, that of the
 * process which drives the run. A request is identified by the name that its client gave it.
 */

/** `refused`: the first answer was a 4xx. `unknown`: no answer shows the outcome. */
export type Verdict = 'done' | 'refused' | 'unknown';

/** The request in a 202. */
export interface Place {
  readonly id: string;
  /** us */
  readonly seq: number;
}

/** One call of `/enqueue` or `/enqueue/batch` with all its repetitions, under one Idempotency-Key. */
export interface Enqueued {
  readonly user: string;
  readonly names: readonly string[];
  readonly delayMs: number;
  /** Before it was sent for the first time. */
  readonly sentAt: number;
  /** After the last answer. */
  readonly answeredAt: number;
  readonly verdict: Verdict;
  /** The places of its requests, as in each 202. */
  readonly answers: readonly (readonly Place[])[];
}

/**
 * `halt`, `cancelRest`, `continue`: the new policy of the queue for failures. `erased`: the API has answered that an erasure
 * is complete.
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

/** A number of starts in a period. */
export interface Rate {
  readonly limit: number;
  readonly perMs: number;
}

/** A period of time. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A user's decision about a request, or about the queue. */
export interface Decision {
  readonly user: string;
  readonly kind: DecisionKind;
  /** The request, if it is about one. */
  readonly name?: string;
  /** Of `limit`; null removes it. An admin has decided that. */
  readonly rate?: Rate | null;
  readonly sentAt: number;
  readonly answeredAt: number;
  readonly verdict: Verdict;
  /** How often it was sent; all but one may have had no answer. */
  readonly tries: number;
  /** The code of the last answer, if that was not a success. */
  readonly code?: string;
}

/** A call that the target received. */
export interface Call {
  readonly user: string;
  readonly name: string;
  readonly id: string;
  readonly seq: number;
  /** From 1; starts again at 1 after a retry by the user. */
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly token: number;
  readonly startedAt: number;
  /** When it was answered or its caller was gone; Infinity while it is open. */
  readonly endedAt: number;
  /** The status of its answer; undefined if its caller was gone before. */
  readonly status: number | undefined;
  /** An external worker ran it. */
  readonly isExternal?: boolean;
  /** The status that the API confirmed to an external worker when it reported the outcome. */
  readonly told?: string;
  /** When that confirmation came: the next request of its user cannot start earlier. */
  readonly toldAt?: number;
  /** It had a lower token than one seen before, and was refused. */
  readonly isLate: boolean;
  /** Its process was frozen while it was open, or just before it came: nothing could end it there. */
  readonly wasFrozen: boolean;
}

/** How a request has ended, by the API. */
export interface End {
  readonly user: string;
  readonly name: string;
  readonly status: string;
  readonly errorCode?: string | undefined;
}

/** The state of a user's queue at the end, by the API. */
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
  /** When there was a fault. */
  readonly hurts: readonly Span[];
  /** When Redis may have lost data, or its clock was moved. Both fill the buckets of rates. */
  readonly refills: readonly Span[];
  /** When a clock was moved. */
  readonly moves: readonly Span[];
}
