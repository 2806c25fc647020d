import { isNativeError } from 'node:util/types';
import { AttemptFailure, PermanentFailure, RetryLater } from './failures';

const MAX_MESSAGE = 2_000;
const MAX_CODE = 64;
const MAX_DETAILS = 8_000;

/** What is recorded of a failed attempt, and what follows. Bounded, whatever the handler threw. */
export interface AttemptError {
  readonly code: string;
  readonly message: string;
  /** JSON text. */
  readonly details?: string;
  /** False: the request fails permanently. */
  readonly retryable: boolean;
  /** The wait that the handler asked for. With `atLeast`, the request's backoff applies if it is longer. */
  readonly wait?: { readonly ms: number; readonly atLeast: boolean };
}

/** Reads whatever a handler threw. Never throws. */
export function attemptErrorOf(thrown: unknown): AttemptError {
  const failure = thrown instanceof AttemptFailure ? thrown : undefined;
  const details = detailsOf(failure?.details);
  return {
    code: cut(codeOf(failure), MAX_CODE),
    message: cut(messageOf(thrown), MAX_MESSAGE),
    ...(details === undefined ? {} : { details }),
    retryable: !(thrown instanceof PermanentFailure),
    ...(thrown instanceof RetryLater ? { wait: { ms: thrown.waitMs, atLeast: thrown.atLeast } } : {}),
  };
}

/** A handler in JavaScript may give any value: a status, say. */
function codeOf(failure: AttemptFailure | undefined): string {
  try {
    return String(failure?.code ?? 'handler_error');
  } catch {
    return 'handler_error';
  }
}

function messageOf(thrown: unknown): string {
  try {
    if (thrown instanceof Error || isNativeError(thrown))
      return String(thrown.message) || String(thrown.name);
    return typeof thrown === 'string' ? thrown : (JSON.stringify(thrown) ?? String(thrown));
  } catch {
    return 'The handler has thrown something that cannot be shown.';
  }
}

/** The details as JSON. Omitted if they are too large or not JSON, because they must be complete. */
function detailsOf(details: unknown): string | undefined {
  try {
    const json = details === undefined ? undefined : JSON.stringify(details);
    return json === undefined || json.length <= MAX_DETAILS ? json : JSON.stringify({ omitted: 'too large' });
  } catch {
    return JSON.stringify({ omitted: 'not JSON' });
  }
}

const cut = (text: string, limit: number) =>
  text.length <= limit ? text : `${text.slice(0, limit)}... (cut)`;
