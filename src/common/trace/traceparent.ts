import { createHash } from 'node:crypto';

/** The spans of an attempt: W3C `traceparent` texts. */
export interface AttemptTrace {
  /** The call that enqueued the request. */
  readonly parent: string;
  /** The attempt itself: the parent of what its handler calls. */
  readonly own: string;
}

interface Attempt {
  readonly requestId: string;
  /** Fencing token: different for each attempt. */
  readonly token: number;
  readonly options: { readonly traceparent?: string };
}

const SPAN_BYTES = 8;

/**
 * The span of an attempt in the trace of its request. Its id is derived from what every process knows of the attempt,
 * because one process may give the attempt to an external worker and another may record its end.
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

/** The `traceparent` of a call's own span; undefined if the call is not traced. */
export const traceparentOf = (call: object): string | undefined => (call as Traced)[TRACEPARENT];

/** The trace id, as log lines show it. */
export const traceIdOf = (traceparent: string | undefined): string | undefined => traceparent?.split('-')[1];
