import { HttpException } from '@nestjs/common';
import { CATALOGUE, ErrorCode } from './catalogue';

/** One field that is wrong: a JSON Pointer into the body (or `?name` for a query parameter), and why. */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

export interface ProblemOptions {
  /** The fields that are wrong. */
  readonly errors?: readonly FieldError[];
  /** Sent as `Retry-After`, whole seconds, at least 1. */
  readonly retryAfterSeconds?: number;
  /** Further headers of the answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What made it happen; logged, never shown. */
  readonly cause?: unknown;
}

/** Fields that are named in one answer: there may be as many wrong ones as a body has room for. */
export const MOST_NAMED = 32;

/** A body or query with fields that are wrong, the first of which are named. @param errors at least one */
export function invalidFields(errors: readonly FieldError[]): Problem {
  const named = errors.slice(0, MOST_NAMED);
  const details = named.map(({ detail }) => detail);
  if (errors.length > MOST_NAMED) details.push(`and ${errors.length - MOST_NAMED} more`);
  return new Problem('validation_failed', details.join('; '), { errors: named });
}

/** An error that is answered as `application/problem+json` (RFC 9457), by a code of the catalogue. */
export class Problem extends HttpException {
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  /** @param detail what happened this time, for the caller; no secret, and nothing of another user */
  constructor(
    readonly code: ErrorCode,
    readonly detail: string,
    options: ProblemOptions = {},
  ) {
    super(detail, CATALOGUE[code].status, { cause: options.cause });
    this.errors = options.errors;
    this.headers = {
      ...options.headers,
      ...(options.retryAfterSeconds === undefined
        ? {}
        : { 'retry-after': String(Math.max(1, Math.ceil(options.retryAfterSeconds))) }),
    };
  }
}
