import { DAY_MS } from '../common/time/units';

/** More about a failure: `code` for programs, `details` any small JSON value to record with the attempt. */
export interface FailureOptions {
  readonly code?: string;
  readonly details?: unknown;
  readonly cause?: unknown;
}

/** A failed attempt. It is retried after the request's backoff, like any other error. */
export class AttemptFailure extends Error {
  readonly code: string;
  readonly details: unknown;

  constructor(message: string, { code = 'handler_error', details, cause }: FailureOptions = {}) {
    super(message, { cause });
    this.name = new.target.name;
    this.code = code;
    this.details = details;
  }
}

/** A failure that another attempt cannot fix. The request fails at once, even with attempts left. */
export class PermanentFailure extends AttemptFailure {}

/** A failure that chooses the wait before the next attempt. It counts as an attempt like any other. */
export class RetryLater extends AttemptFailure {
  /** Whether the request's own backoff applies if it is longer. */
  readonly atLeast: boolean;

  /** @param waitMs milliseconds from the end of this attempt; limited to 0 to 24 hours */
  constructor(
    readonly waitMs: number,
    message = 'The handler asked for another attempt later.',
    { atLeast = false, ...options }: FailureOptions & { readonly atLeast?: boolean } = {},
  ) {
    super(message, options);
    this.waitMs = Math.min(Math.max(0, Number(waitMs) || 0), DAY_MS);
    this.atLeast = atLeast;
  }
}
