import type { AttemptOutcome, FinalStatus } from '../events/event-map';
import type { JobOptions } from '../queue/job-options';
import type { CallbackState } from './callback-state';
import type { AttemptNotes, LiveNotes } from './attempt-notes';
import { MAIN_LANE } from '../config/lanes';

/**
 * A request as MongoDB stores it (docs/queue-protocol.md, "MongoDB"). Every change of its state is one conditional
 * write (journal.service.ts lists the writers). Times are the shard's where the shard has set them.
 */
export interface RequestDocument {
  /** UUIDv7, never used again. */
  readonly _id: string;
  readonly userId: string;
  readonly shard: number;
  /** Microseconds; the order of the user's requests. (P2) */
  readonly seq: number;
  readonly type: string;
  /** The lane of the workers that serve its type; absent if every worker serves it. */
  readonly lane?: string;
  /** The payload's exact JSON text. */
  readonly payload: string;
  readonly options: JobOptions;
  /** `enqueue:` and the Idempotency-Key, if the call had one. */
  readonly key?: string;
  /** Hash of the body's canonical JSON; only with a `key`. */
  readonly bodyHash?: string;
  /** For a request that was accepted together with others. */
  readonly batch?: BatchMembership;
  /** Absent once the request has ended. */
  readonly pending?: true;
  /** `queued` while pending. Redis knows what a pending request is doing (request-status.ts). */
  readonly status: StoredStatus;
  /** The highest fencing token that has written here; 0 before any has. (P1) */
  readonly token: number;
  /** Attempts that ended in this document, except lost ones. */
  readonly attemptsMade: number;
  /** How often its worker died while running it. */
  readonly crashes: number;
  /** Earliest start after a failed attempt. */
  readonly notBefore?: Date;
  /** The time it is scheduled for, if it is. */
  readonly runAt?: Date;
  readonly attempts: readonly AttemptRecord[];
  /** The notes of the running attempt; they decide nothing. */
  readonly live?: LiveNotes;
  /** Why the running attempt will be lost, if its worker could still report it; decides nothing. */
  readonly trouble?: Trouble;
  /** JSON text, cut at MAX_RESULT_BYTES. */
  readonly result?: string;
  /** Why the request failed permanently. */
  readonly error?: RequestError;
  readonly tags: readonly string[];
  /** URL to notify when the request ends, and the state of that. */
  readonly callbackUrl?: string;
  readonly callback?: CallbackState;
  readonly createdAt: Date;
  /** Start of its first attempt. */
  readonly startedAt?: Date;
  /** Once an attempt has failed: start of the first one that did, since the last manual retry. */
  readonly retryingSince?: Date;
  readonly finishedAt?: Date;
  /** When its payload, its result and the notes of its attempts were erased. */
  readonly dataErasedAt?: Date;
  /** It has failed, and halts its queue until it is retried or dismissed. */
  readonly halts?: true;
  /** It has failed, and the requests behind it must still be cancelled. */
  readonly cancelsRest?: true;
  /** The purge that cancelled it. */
  readonly purge?: string;
  /** The first 202, to repeat it. */
  readonly firstAnswer: FirstAnswer;
}

/** The batch that a request belongs to: all of its `n` members were accepted, or none. */
export interface BatchMembership {
  readonly id: string;
  readonly n: number;
}

/** The lane of a request's type when it was accepted. */
export const laneOf = ({ lane }: Pick<RequestDocument, 'lane'>): string => lane ?? MAIN_LANE;

export type StoredStatus = 'queued' | FinalStatus | 'abandoned';

/** `position` is absent while it is scheduled. */
export interface FirstAnswer {
  readonly status: 'queued' | 'scheduled';
  readonly position?: number;
}

/** One attempt after its end. A lost one has no end time, and its start may be unknown. */
export interface AttemptRecord extends AttemptNotes {
  /** From 1. An attempt that was lost and the one that repeats it have the same number. */
  readonly number: number;
  /** Fencing token; unknown for a lost attempt. */
  readonly token?: number;
  readonly startedAt?: Date;
  readonly finishedAt?: Date;
  readonly outcome: AttemptOutcome;
  readonly error?: RequestError;
  readonly worker: string;
}

/**
 * Why an attempt will be lost together with its worker. `loop_blocked`: its own handler blocked the event loop, or it
 * is unknown which one did; `neighbour_blocked`: another request's handler did; `abort_ignored`: its handler ignored
 * the abort.
 */
export interface Trouble {
  readonly worker: string;
  /** When its attempt was leased, which identifies the attempt. */
  readonly givenAt: Date;
  readonly code: 'loop_blocked' | 'neighbour_blocked' | 'abort_ignored';
  readonly message: string;
}

/** An attempt whose worker saw its end. */
export interface EndedAttempt extends AttemptRecord {
  readonly startedAt: Date;
  readonly finishedAt: Date;
}

/** Why an attempt or a request has failed. */
export interface RequestError {
  readonly code: string;
  readonly message: string;
  /** JSON text. */
  readonly details?: string;
}

/**
 * Takes the place of a request that was never acknowledged: its hold expired without a document. The late insert of a
 * slow API process now fails. (P3) Removed after a day.
 */
export interface Tombstone {
  readonly _id: string;
  readonly userId: string;
  readonly seq: number;
  readonly status: 'abandoned';
  readonly abandonedAt: Date;
}

/** The fields of a request that decide, as MongoDB has them. */
export interface RequestState {
  readonly pending: boolean;
  readonly status: StoredStatus;
  readonly token: number;
  readonly attemptsMade: number;
  readonly crashes: number;
  /** ms since 1970 */
  readonly notBefore: number | undefined;
  readonly halts: boolean;
  readonly cancelsRest: boolean;
  readonly batch: BatchMembership | undefined;
  /** ms since 1970 */
  readonly finishedAt: number | undefined;
  /** The attempt that was recorded last. */
  readonly lastAttempt: AttemptRecord | undefined;
}
