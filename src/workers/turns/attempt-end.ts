import { backoffOf } from '../../common/flow/backoff';
import type { AttemptError } from '../../handlers/attempt-error';
import type { JobOptions } from '../../queue/job-options';
import type { OutcomeThen } from '../../journal/fenced-updates';
import type { EndedAttempt, RequestError } from '../../journal/request-document';

/** How an attempt ended, and what to record. */
export interface AttemptEnd {
  readonly record: EndedAttempt;
  readonly then: OutcomeThen;
}

/** Retried in place until the attempts are used up. (P2) @param finishedAt ms since 1970 */
export function outcomeOfFailure(
  { attempts, backoff }: JobOptions,
  attempt: number,
  error: AttemptError,
  finishedAt: number,
): OutcomeThen {
  if (!error.retryable || attempt >= attempts) return { kind: 'failed', error };
  const own = backoffOf(backoff, attempt);
  const wait =
    error.wait === undefined ? own : error.wait.atLeast ? Math.max(own, error.wait.ms) : error.wait.ms;
  return { kind: 'retry', notBefore: finishedAt + wait };
}

/** The error of an attempt that used up its time. */
export const timedOut = (limitMs: number) =>
  ({
    code: 'timed_out',
    message: `The attempt took longer than its limit of ${limitMs} ms.`,
    retryable: true,
  }) as const;

/** The recorded form of an error. */
export function requestErrorOf({ code, message, details }: AttemptError): RequestError {
  return { code, message, ...(details === undefined ? {} : { details }) };
}
