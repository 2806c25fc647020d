import { createHash } from 'node:crypto';

/** The attempt that a trace shows: W3C `traceparent` texts. */
export interface AttemptTrace {
  /** Of the call that enqueued the request. */
  readonly parent: string;
  /** Of the attempt itself: what its handler calls is a child of it. */
  readonly own: string;
}

interface Attempt {
  readonly requestId: string;
  /** Fencing token: another one for each attempt. */
  readonly token: number;
  readonly options: { readonly traceparent?: string };
}

const SPAN_BYTES = 8;

/**
 * The place of an attempt in its request's trace. The id of its span is made of what every process knows of the attempt, because
 * one process may give it to an external worker, and another one record its end.
 * @returns undefined if the call that enqueued the request was not traced
 */
export function traceOf({ requestId, token, options }: Attempt): AttemptTrace | undefined {
  const { traceparent } = options;
  if (traceparent === undefined) return undefined;
  const [version, traceId, , flags] = traceparent.split('-');
  const span = createHash('sha256').update(`${requestId} ${token}`).digest('hex');
  return { parent: traceparent, own: [version, traceId, span.slice(0, 2 * SPAN_BYTES), flags].join('-') };
}

const TRACEPARENT = Symbol('traceparent of the call');
type Traced = { [TRACEPARENT]?: string };

/** Stores the trace of a call with the call. */
export function keepTraceparent(call: object, traceparent: string): void {
  (call as Traced)[TRACEPARENT] = traceparent;
}

/** The `traceparent` of a call's own span; undefined if it is not traced. */
export const traceparentOf = (call: object): string | undefined => (call as Traced)[TRACEPARENT];

/** As lines of the log show it. */
export const traceIdOf = (traceparent: string | undefined): string | undefined => traceparent?.split('-')[1];
