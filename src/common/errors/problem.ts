import { HttpException } from '@nestjs/common';
import { CATALOGUE, ErrorCode } from './catalogue';

/** One invalid field: a JSON Pointer into the body (or `?name` for a query parameter), and the reason. */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

export interface ProblemOptions {
  /** The invalid fields. */
  readonly errors?: readonly FieldError[];
  /** Sent as `Retry-After`, whole seconds, at least 1. If absent, a 503 says 1, and no other answer has it. */
  readonly retryAfterSeconds?: number;
  /** Further headers of the answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The cause; logged, never shown. */
  readonly cause?: unknown;
}

/** Most fields that one answer names: a body may have very many invalid ones. */
export const MOST_NAMED = 32;

/** A body or query with invalid fields; only the first ones are named. @param errors at least one */
export function invalidFields(errors: readonly FieldError[]): Problem {
  const named = errors.slice(0, MOST_NAMED);
  const details = named.map(({ detail }) => detail);
  if (errors.length > MOST_NAMED) details.push(`and ${errors.length - MOST_NAMED} more`);
  return new Problem('validation_failed', details.join('; '), { errors: named });
}

/** An error that is answered as `application/problem+json` (RFC 9457), with a code of the catalogue. */
export class Problem extends HttpException {
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  /** @param detail what happened this time, for the caller: no secret, nothing of another user */
  constructor(
    readonly code: ErrorCode,
    readonly detail: string,
    options: ProblemOptions = {},
  ) {
    const { status } = CATALOGUE[code];
    const { retryAfterSeconds = status === 503 ? 1 : undefined } = options;
    super(detail, status, { cause: options.cause });
    this.errors = options.errors;
    this.headers = {
      ...options.headers,
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}), // RFC 9110, 15.5.2: every 401 has it
      ...(retryAfterSeconds === undefined
        ? {}
        : { 'retry-after': String(Math.max(1, Math.ceil(retryAfterSeconds))) }),
    };
  }
}

/** The code of what was thrown, as it is answered. */
export const errorCodeOf = (error: unknown): ErrorCode =>
  error instanceof Problem ? error.code : 'internal';
