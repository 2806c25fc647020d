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

/** A body or query with fields that are wrong. @param errors at least one */
export const invalidFields = (errors: readonly FieldError[]): Problem =>
  new Problem('validation_failed', errors.map(({ detail }) => detail).join('; '), { errors });

/** An error that is answered as `application/problem+json` (RFC 9457), by a code of the catalogue. */
export class Problem extends HttpException {
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  /** @param detail what happened this time, for the caller to read; no secret, nothing of another user */
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
