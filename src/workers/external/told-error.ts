import { didYouMean } from '../../common/errors/did-you-mean';
import { AttemptError, attemptErrorOf } from '../../handlers/attempt-error';
import { AttemptFailure, PermanentFailure, RetryLater } from '../../handlers/failures';

const CODE = /^[a-z0-9_]{1,64}$/;
const FIELDS = new Set(['message', 'code', 'details']);

/** The error of a failed attempt, from an external worker. */
export type ToldError =
  string | { readonly message: string; readonly code?: string; readonly details?: object };

const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 0;

/** What is wrong with it, as a sentence; undefined if it is valid. */
export function toldErrorProblem(value: unknown): string | undefined {
  if (isText(value)) return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return 'error must be a non-empty string, or an object with a message';
  const { message, code, details } = value as Record<string, unknown>;
  if (!isText(message)) return 'error.message must be a non-empty string';
  if (code !== undefined && !(typeof code === 'string' && CODE.test(code)))
    return 'error.code must be 1 to 64 of a-z 0-9 _';
  if (details !== undefined && (typeof details !== 'object' || details === null || Array.isArray(details)))
    return 'error.details must be an object';
  const unknown = Object.keys(value).find((key) => !FIELDS.has(key));
  return unknown === undefined
    ? undefined
    : `error has no field ${unknown}${didYouMean(unknown, [...FIELDS])}`;
}

/** The recorded error: as if a handler here had thrown it. */
export function failureOf(
  told: ToldError,
  retryable: boolean | undefined,
  retryAfterMs: number | undefined,
): AttemptError {
  const { message, code, details } = {
    code: 'worker_error',
    ...(typeof told === 'string' ? { message: told } : told),
  };
  const options = { code, ...(details === undefined ? {} : { details }) };
  if (retryable === false) return attemptErrorOf(new PermanentFailure(message, options));
  if (retryAfterMs !== undefined) return attemptErrorOf(new RetryLater(retryAfterMs, message, options));
  return attemptErrorOf(new AttemptFailure(message, options));
}
