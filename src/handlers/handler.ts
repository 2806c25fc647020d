import type { Logger } from '@nestjs/common';

/** What a handler receives about the attempt that it runs. */
export interface RequestContext {
  readonly requestId: string;
  readonly userId: string;
  readonly type: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** The request's position in its user's order. */
  readonly seq: number;
  /** Grows with every attempt of a user: a receiver that remembers the highest token can refuse late calls. (P1) */
  readonly fencingToken: number;
  /** The request id: the same for all attempts of a request. */
  readonly idempotencyKey: string;
  /**
   * Aborts at the attempt's time limit, on a cancel, and when the lease is lost. Then stop, and let the promise end.
   */
  readonly signal: AbortSignal;
  /** The payload as it was sent, to the byte. */
  readonly payloadText: string;
  /** W3C `traceparent` of the attempt, to send with calls of the handler; absent if it is not traced. */
  readonly traceparent?: string | undefined;
  /** The log of the process. The latest 20 lines above `debug` are also shown with the request. */
  readonly log: Pick<Logger, 'debug' | 'log' | 'warn' | 'error'>;
  /**
   * Reports the progress of the attempt, from 0 to 1; shown with the request. Costs nothing to call often.
   */
  progress(done: number, text?: string): void;
}

/**
 * Serves the requests of one type. The class has `@RequestHandler(type)`. The return value is the request's result: any
 * JSON value, a `JsonText` for exact JSON, or nothing. An error fails the attempt, which is retried after the request's
 * backoff; `failures.ts` has errors that change this.
 *
 * The user's next request waits until the promise has ended, even after an abort. (P1)
 */
export interface Handler<P = unknown, R = unknown> {
  /** @param payload parsed; an instance of the handler's payload class if it has one */
  handle(payload: P, context: RequestContext): Promise<R>;
}
