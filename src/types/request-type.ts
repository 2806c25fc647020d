import type { FieldError } from '../common/errors/problem';
import type { JsonText } from '../common/json/json-text';
import { HOUR_MS, SECOND_MS } from '../common/time/units';

/** What a request can be: a type that a handler of this server serves, or one that external workers serve. */
export interface RequestType {
  readonly type: string;
  /** Served by external workers, through `/work`. */
  readonly external: boolean;
  /** The workers that serve it. */
  readonly lane: string;
  readonly description: string | undefined;
  /** A valid payload. */
  readonly example: unknown;
  /** The total time of one attempt, where a request says nothing, ms. */
  readonly timeoutMs: number;
  /** JSON Schema of its payloads; undefined if any JSON value is one. */
  readonly payloadSchema: JsonText | undefined;
  /** What is wrong with a parsed payload, with pointers from the body on (`/payload/url`); nothing if it is valid. */
  validate(payload: unknown): FieldError[];
}

/** What stands where a request says nothing. */
export const REQUEST_DEFAULTS = {
  maxAttempts: 5,
  backoff: { type: 'exponential', delayMs: SECOND_MS, maxDelayMs: HOUR_MS },
  timeoutMs: 30 * SECOND_MS,
} as const;
