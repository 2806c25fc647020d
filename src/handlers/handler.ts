import type { Logger } from '@nestjs/common';

/** What a handler receives for the attempt that it runs. */
export interface RequestContext {
  readonly requestId: string;
  readonly userId: string;
  readonly type: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** The request's place in its user's order. */
  readonly seq: number;
  /** Grows with every attempt of a user: a receiver that remembers the highest token can refuse late calls. (P1) */
  readonly fencingToken: number;
  /** The same for all attempts of a request: the request id. */
  readonly idempotencyKey: string;
  /** Aborts at the attempt's time limit, on a cancel, and when the lease is lost. Stop, then let the promise end. */
  readonly signal: AbortSignal;
  /** The payload as it was sent, to the byte. */
  readonly payloadText: string;
  /** W3C `traceparent` of the attempt, to send along with calls of its handler; absent if it is not traced. */
  readonly traceparent?: string | undefined;
  /** The process's log; but for `debug` lines, the latest 20 are also shown with the request. */
  readonly log: Pick<Logger, 'debug' | 'log' | 'warn' | 'error'>;
  /**
   * Reports the progress of the attempt, from 0 to 1; shown with the request. Costs nothing to call often.
   */
  progress(done: number, text?: string): void;
}

/**
 * Serves the requests of one type; the class has `@RequestHandler(type)`. What it returns is the request's result: any
 * JSON value, a `JsonText` for exact JSON, or nothing. What it throws fails the attempt, which is retried after the
 * request's backoff; `failures.ts` has errors that change this.
 *
 * The user's next request waits until the promise has ended, also after an abort. (P1)
 */
export interface Handler<P = unknown, R = unknown> {
  /** @param payload parsed; an instance of the handler's payload class if it has one */
  handle(payload: P, context: RequestContext): Promise<R>;
}
