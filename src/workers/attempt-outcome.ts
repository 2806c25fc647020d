import type { AttemptOutcome } from '../events/event-map';
import { AttemptError, attemptErrorOf } from '../handlers/attempt-error';
import type { OutcomeThen } from '../requests/record/fenced-updates';
import type { RequestError } from '../requests/record/request-document';
import { backoffOf } from './backoff';
import type { Turn } from './turn';

/** How a handler's promise has ended. */
export type HandlerEnd = Succeeded | { readonly error: unknown };

interface Succeeded {
  /** JSON text. */
  readonly result: string | undefined;
}

/** A result counts whatever the handler was told meanwhile, as long as it may be recorded. */
export function outcomeOf(turn: Turn, ended: HandlerEnd): AttemptOutcome {
  if (!turn.mayAct) return 'lost';
  if (!('error' in ended)) return 'succeeded';
  if (turn.stoppedFor === 'timed_out' || turn.stoppedFor === 'cancelled') return turn.stoppedFor;
  return turn.stoppedFor === undefined ? 'failed' : 'lost';
}

export function errorOf(turn: Turn, thrown: unknown): AttemptError {
  const error = attemptErrorOf(thrown);
  if (turn.stoppedFor !== 'timed_out') return error;
  const message = `The attempt took longer than its limit of ${turn.job.options.timeout} ms.`;
  return { ...error, code: 'timed_out', message, retryable: true };
}

/** Retried in place until the attempts are used up. (P2) */
export function afterFailure(
  turn: Turn,
  attempt: number,
  error: AttemptError,
  finishedAt: number,
): OutcomeThen {
  const { attempts, backoff } = turn.job.options;
  if (!error.retryable || attempt >= attempts) return { kind: 'failed', error };
  const own = backoffOf(backoff, attempt);
  const wait =
    error.wait === undefined ? own : error.wait.atLeast ? Math.max(own, error.wait.ms) : error.wait.ms;
  return { kind: 'retry', notBefore: finishedAt + wait };
}

/** What is recorded of an error. */
export function requestErrorOf({ code, message, details }: AttemptError): RequestError {
  return { code, message, ...(details === undefined ? {} : { details }) };
}
