import type { ErrorCode } from '../common/errors/catalogue';
import type { AttemptTrace } from '../common/trace/traceparent';

/**
 * All events to count, log or stream. The code that does the work emits; metrics, logs and streams subscribe. Nothing
 * else counts anything.
 */
export interface EventMap {
  /** This process has a handler of the type; told once each, at the start. */
  'type.handled': { type: string };
  /** A 202 is about to be answered: the request is on record and holds its place. */
  'request.accepted': {
    userId: string;
    requestId: string;
    type: string;
    /** Requests of the user that start before it; absent if it is scheduled. */
    position?: number | undefined;
    /** Of the call, if it is traced. */
    traceparent?: string | undefined;
  };
  /** An Idempotency-Key was used again and got the first answer. */
  'request.replayed': { userId: string; requestId: string; traceparent?: string | undefined };
  /** An enqueue was refused, or its outcome is unknown; `code` is of the error catalogue. */
  'request.refused': { code: string };
  /** So much was put on record of a user's requests. */
  'bytes.stored': { userId: string; bytes: number };
  /** A handler is about to run. `waitedMs`: since the request was accepted, fell due or could be retried. `external`: by an external worker. */
  'attempt.started': {
    userId: string;
    requestId: string;
    type: string;
    attempt: number;
    waitedMs: number;
    external?: true;
  };
  /** A turn has given its slot back and started nothing, because the share of the slots is taken that attempts like it may hold. */
  'turn.put_off': { reason: PutOffReason };
  /** A handler has ended, and what is recorded of it. `durationMs` is the handler's time alone. */
  'attempt.ended': {
    userId: string;
    requestId: string;
    type: string;
    attempt: number;
    outcome: AttemptOutcome;
    durationMs: number;
    /** Of an attempt that failed (docs/errors.md). */
    errorCode?: string | undefined;
    /** If the call that enqueued the request was traced. */
    trace?: AttemptTrace | undefined;
  };
  /** A request has reached its final status, and MongoDB knows. */
  'request.ended': {
    userId: string;
    requestId: string;
    type: string;
    status: FinalStatus;
    /** Of a request that failed (docs/errors.md). */
    errorCode?: string | undefined;
  };
  /** An attempt of a callback has ended. */
  'callback.attempted': { userId: string; requestId: string; outcome: CallbackOutcome };
  /** A connection was cut, because its client reads too slowly. */
  'connection.cut': { reason: CutReason };
  /** Streams of events to clients of this process, from now on. */
  'streams.counted': { open: number };
  /**
   * An attempt is on record as lost: its worker, some other, died while it ran, or lost its lease. Told once each. `code`: why,
   * if that worker could still say so (docs/errors.md); else `unknown`.
   */
  'attempt.taken_back': { userId: string; requestId: string; type: string; worker: string; code: string };
  /** A suspect was tried in a process of its own, and that process died. */
  'suspect.died': { userId: string; requestId: string; type: string };
  /** A shard's history in Redis is not the one that was opened: it must be rebuilt. */
  'shard.closed': { shard: number; epoch: number };
  /** A shard was rebuilt from MongoDB. */
  'shard.recovered': { shard: number; epoch: number; requests: number; durationMs: number };
  /** The reconciler has rebuilt a user's queue because of these kinds of faults. */
  'queue.mended': { userId: string; kinds: readonly FaultKind[] };
}

/** Why an enqueue may be refused, besides what any call may be; its caller is known, and its body well formed. */
export const ENQUEUE_REFUSALS = [
  'idempotency_key_reused',
  'invalid_idempotency_key',
  'payload_too_deep',
  'payload_too_large',
  'queue_full',
  'storage_full',
  'unknown_type',
] as const satisfies readonly ErrorCode[];

/** What may be broken about a user's queue in Redis; lua/find_faults.lua says what each means. */
export const FAULT_KINDS = ['job', 'line', 'standing', 'lease', 'control'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/**
 * `stalled`: the client read nothing of an answer for a while. `unread`: too many bytes of answers were unread.
 * `stream`: too many bytes of an event stream were unread.
 */
export const CUT_REASONS = ['stalled', 'unread', 'stream'] as const;
export type CutReason = (typeof CUT_REASONS)[number];

/** `long`: of attempts that may take over a minute. `target`: of attempts to its target. */
export const PUT_OFF_REASONS = ['long', 'target'] as const;
export type PutOffReason = (typeof PUT_OFF_REASONS)[number];

/** `lost`: its lease ended before it did; not counted as a failure of the request. */
export const ATTEMPT_OUTCOMES = ['succeeded', 'failed', 'timed_out', 'cancelled', 'lost'] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

/** `retried`: it is owed still, and will be tried again. */
export const CALLBACK_OUTCOMES = ['delivered', 'retried', 'failed'] as const;
export type CallbackOutcome = (typeof CALLBACK_OUTCOMES)[number];

export const FINAL_STATUSES = ['succeeded', 'failed', 'cancelled', 'dismissed'] as const;
export type FinalStatus = (typeof FINAL_STATUSES)[number];

/** An error code as logs and metrics show it: a handler may call an error anything. */
export const shownCode = (code: string): string => (/^[\w.:-]{1,64}$/.test(code) ? code : 'other');

export type EventName = keyof EventMap;
