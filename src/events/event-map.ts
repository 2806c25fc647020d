import type { ErrorCode } from '../common/errors/catalogue';
import type { AttemptTrace } from '../common/trace/traceparent';

/**
 * The events of this process. The code that does the work emits them; whatever else needs to know subscribes: metrics,
 * logs, traces, limits, the recovery, callers that wait. The streams of `/events` come from Redis instead, because their
 * users' requests run in any process.
 */
export interface EventMap {
  /** This process has a handler of the type. Emitted once per type, at the start. */
  'type.handled': { type: string };
  /** A 202 is about to be sent: the request is recorded and has its place. */
  'request.accepted': {
    userId: string;
    requestId: string;
    type: string;
    /** Requests of the user that start before it; absent if it is scheduled. */
    position?: number | undefined;
    /** The call's, if it is traced. */
    traceparent?: string | undefined;
  };
  /** An Idempotency-Key was used again and got the first answer. */
  'request.replayed': { userId: string; requestId: string; traceparent?: string | undefined };
  /** An enqueue was refused, or its outcome is unknown. `code` is from the error catalogue. */
  'request.refused': { code: string };
  /** This many bytes of a user's requests were stored. */
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
  /**
   * A turn has given its slot back without starting anything, because attempts like it already hold their share of the
   * slots.
   */
  'turn.put_off': { reason: PutOffReason };
  /**
   * A handler or an external worker has ended an attempt; for a handler, this comes before its outcome is recorded.
   * `durationMs`: of a handler, from its start to its end; of an external worker, from the lease to its report, or the
   * whole `timeoutMs` if it reported nothing in that time.
   */
  'attempt.ended': {
    userId: string;
    requestId: string;
    type: string;
    attempt: number;
    outcome: AttemptOutcome;
    durationMs: number;
    /** The code of a failed attempt (docs/errors.md). */
    errorCode?: string | undefined;
    /** Set if the call that enqueued the request was traced. */
    trace?: AttemptTrace | undefined;
  };
  /** A request has reached its final status, and MongoDB has recorded it. */
  'request.ended': {
    userId: string;
    requestId: string;
    type: string;
    status: FinalStatus;
    /** The code of a failed request (docs/errors.md). */
    errorCode?: string | undefined;
  };
  /** An attempt of a callback has ended. */
  'callback.attempted': { userId: string; requestId: string; outcome: CallbackOutcome };
  /** A connection was cut because its client reads too slowly. */
  'connection.cut': { reason: CutReason };
  /** Event streams that are open in this process now. */
  'streams.counted': { open: number };
  /**
   * An attempt is recorded as lost: its worker, another one, died while running it or lost its lease. Emitted once per
   * attempt. `code`: the reason, if that worker could still report it (docs/errors.md), otherwise `unknown`.
   */
  'attempt.taken_back': { userId: string; requestId: string; type: string; worker: string; code: string };
  /** A suspect ran in an isolated process, and that process died. */
  'suspect.died': { userId: string; requestId: string; type: string };
  /** A shard's history in Redis is not the one that was opened, so it must be rebuilt. */
  'shard.closed': { shard: number; epoch: number };
  /** A shard was rebuilt from MongoDB. */
  'shard.recovered': { shard: number; epoch: number; requests: number; durationMs: number };
  /** A user's queue was rebuilt because of faults of these kinds, by the reconciler or a repeated enqueue. */
  'queue.mended': { userId: string; kinds: readonly FaultKind[] };
  /** A maintenance job has ended in this process. */
  'maintenance.ended': { name: MaintenanceJob; outcome: MaintenanceOutcome };
}

/** What happens once in the cluster, on a schedule. */
export const MAINTENANCE_NAMES = ['reconcile', 'retention'] as const;
export type MaintenanceJob = (typeof MAINTENANCE_NAMES)[number];

export const MAINTENANCE_OUTCOMES = ['succeeded', 'failed'] as const;
export type MaintenanceOutcome = (typeof MAINTENANCE_OUTCOMES)[number];

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

/** What may be broken in a user's queue in Redis. lua/find_faults.lua explains each kind. */
export const FAULT_KINDS = ['job', 'line', 'standing', 'place', 'lease', 'control'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/**
 * `stalled`: the client read nothing of an answer for a while. `unread`: too many bytes of answers were unread.
 * `stream`: too many bytes of an event stream were unread.
 */
export const CUT_REASONS = ['stalled', 'unread', 'stream'] as const;
export type CutReason = (typeof CUT_REASONS)[number];

/** `long`: attempts that may take over a minute. `target`: attempts to the same target. */
export const PUT_OFF_REASONS = ['long', 'target'] as const;
export type PutOffReason = (typeof PUT_OFF_REASONS)[number];

/** `lost`: its lease ended before it did; not counted as a failure of the request. */
export const ATTEMPT_OUTCOMES = ['succeeded', 'failed', 'timed_out', 'cancelled', 'lost'] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

/** Why an attempt was lost with its process (docs/errors.md). `process_ended`: that was an isolated process. */
export const LOSS_CODES = [
  'loop_blocked',
  'neighbour_blocked',
  'abort_ignored',
  'process_ended',
  'unknown',
] as const;

/** `retried`: still pending, and will be tried again. */
export const CALLBACK_OUTCOMES = ['delivered', 'retried', 'failed'] as const;
export type CallbackOutcome = (typeof CALLBACK_OUTCOMES)[number];

export const FINAL_STATUSES = ['succeeded', 'failed', 'cancelled', 'dismissed'] as const;
export type FinalStatus = (typeof FINAL_STATUSES)[number];

/** An error code for logs and metrics: handlers may use any text as a code. */
export const shownCode = (code: string): string => (/^[\w.:-]{1,64}$/.test(code) ? code : 'other');

export type EventName = keyof EventMap;
