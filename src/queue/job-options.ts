import type { Backoff } from '../common/flow/backoff';

/**
 * The limits of a request's attempts, kept as `opts` of its Bull job under Bull's own names, so that a worker
 * runs it without asking MongoDB. All durations are milliseconds.
 */
export interface JobOptions {
  /** After this many failed attempts the request fails permanently. */
  readonly attempts: number;
  readonly backoff: Backoff;
  /** The time limit of an attempt, after which its handler is told to stop. */
  readonly timeout: number;
  /** W3C `traceparent` of the call that enqueued it, if that was traced (docs/traces.md). */
  readonly traceparent?: string;
}
