import { BSON } from 'mongodb';
import type { AttemptRecord, RequestError } from './request-document';

/** Bytes of a result's JSON text that are kept. */
export const MAX_RESULT_BYTES = 256 * 1024;
/** Bytes of an error's message that are kept, and of its details. */
const MAX_ERROR_BYTES = 8 * 1024;
/** The number of latest attempts kept; older ones are removed. */
export const MAX_ATTEMPTS_KEPT = 100;
/** Bytes of a request's attempts that are kept, if all are as large as the latest. */
const MAX_ATTEMPTS_BYTES = 256 * 1024;

/**
 * The result as it is stored. One that is too large becomes `{"truncated":true,"bytes":N,"start":"..."}`: still JSON,
 * which says what was lost. A large result must not fail the batch in which it is written.
 */
export function storedResult(json: string): string {
  return cutJson(json, MAX_RESULT_BYTES);
}

/** The error as it is stored: a long message ends with a mark, long details are cut as a result is. */
export function storedError({ code, message, details }: RequestError): RequestError {
  return {
    code,
    message: cutText(message, MAX_ERROR_BYTES),
    ...(details === undefined ? {} : { details: cutJson(details, MAX_ERROR_BYTES) }),
  };
}

/** The attempt as it is stored, and the number of attempts kept with it: the larger it is, the fewer. */
export function pushedAttempt(attempt: AttemptRecord) {
  const stored = storedAttempt(attempt);
  const fitting = Math.floor(MAX_ATTEMPTS_BYTES / BSON.calculateObjectSize(stored));
  return { $each: [stored], $slice: -Math.min(MAX_ATTEMPTS_KEPT, Math.max(1, fitting)) };
}

/** Approximate stored bytes of an attempt and of the request's result or error. */
export function bytesOf(attempt: AttemptRecord, result?: string): number {
  const ofResult = result === undefined ? 0 : Math.min(Buffer.byteLength(result), MAX_RESULT_BYTES);
  return ofResult + BSON.calculateObjectSize(storedAttempt(attempt));
}

function storedAttempt(attempt: AttemptRecord): AttemptRecord {
  return attempt.error === undefined ? attempt : { ...attempt, error: storedError(attempt.error) };
}

function cutJson(json: string, maxBytes: number): string {
  const bytes = Buffer.byteLength(json);
  if (bytes <= maxBytes) return json;
  // Escaped again inside a string, a character may take six times its bytes.
  const start = startOf(json, Math.floor(maxBytes / 8));
  return JSON.stringify({ truncated: true, bytes, start });
}

function cutText(text: string, maxBytes: number): string {
  const bytes = Buffer.byteLength(text);
  if (bytes <= maxBytes) return text;
  const mark = `... [cut, ${bytes} bytes in all]`;
  return startOf(text, maxBytes - mark.length) + mark;
}

/** The longest start of a text that fits and ends with a whole character. */
function startOf(text: string, maxBytes: number): string {
  const buffer = Buffer.from(text.slice(0, maxBytes));
  let end = Math.min(maxBytes, buffer.length);
  while (end < buffer.length && ((buffer[end] ?? 0) & 0b1100_0000) === 0b1000_0000) end -= 1;
  return buffer.toString('utf8', 0, end);
}
