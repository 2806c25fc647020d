import type { FieldError } from '../common/errors/problem';
import type { JsonText } from '../common/json/json-text';
import { HOUR_MS, SECOND_MS } from '../common/time/units';

/** A type of requests: a handler of this server serves it, or external workers do. */
export interface RequestType {
  readonly type: string;
  /** External workers serve it, through `/work`. */
  readonly external: boolean;
  /** The workers that serve it. */
  readonly lane: string;
  readonly description: string | undefined;
  /** A valid payload. */
  readonly example: unknown;
  /** Default time limit of one attempt, ms. */
  readonly timeoutMs: number;
  /** JSON Schema of its payloads; undefined if any JSON value is valid. */
  readonly payloadSchema: JsonText | undefined;
  /** The errors of a parsed payload, with pointers into the body (`/payload/url`); empty if it is valid. */
  validate(payload: unknown): FieldError[];
}

/** The defaults of a request. */
export const REQUEST_DEFAULTS = {
  maxAttempts: 5,
  backoff: { type: 'exponential', delayMs: SECOND_MS, maxDelayMs: HOUR_MS },
  timeoutMs: 30 * SECOND_MS,
} as const;
