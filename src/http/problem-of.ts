import { HttpException } from '@nestjs/common';
import { CATALOGUE, ErrorCode } from '../common/errors/catalogue';
import { Problem } from '../common/errors/problem';
import { reasonOf, unreadyParts } from './unready-parts';
import { isStoreAway } from './store-away';

/** The code for an error of Nest or Fastify, by its status. */
const BY_STATUS: Readonly<Record<number, ErrorCode>> = Object.fromEntries(
  (
    [
      'bad_request',
      'unauthorized',
      'forbidden',
      'not_found',
      'method_not_allowed',
      'not_acceptable',
      'request_timeout',
      'body_too_large',
      'uri_too_long',
      'unsupported_media_type',
      'validation_failed',
      'rate_limited',
      'header_fields_too_large',
      'unavailable',
    ] as const
  ).map((code) => [CATALOGUE[code].status, code]),
);

/**
 * Turns any error into a problem of the catalogue. An unexpected error is `internal`, and reveals nothing to the
 * client.
 */
export function problemOf(exception: unknown): Problem {
  if (exception instanceof Problem) return exception;
  const status = statusOf(exception);
  if (status !== undefined) {
    const code = BY_STATUS[status] ?? (status < 500 ? 'bad_request' : 'internal');
    const unready = unreadyParts(exception);
    const detail = unready
      ? `This process is not ready (${reasonOf(unready)}).`
      : (exception as Error).message;
    if (code !== 'internal') return new Problem(code, detail, { cause: exception });
  }
  if (isStoreAway(exception))
    return new Problem('unavailable', 'A store of the service cannot be reached right now.', {
      cause: exception,
    });
  return new Problem('internal', 'Our log has the error under this call id.', { cause: exception });
}

const FORBIDDEN = CATALOGUE.forbidden.status;
const NOT_FOUND = CATALOGUE.not_found.status;

/** The status of an error of Nest or Fastify. */
function statusOf(exception: unknown): number | undefined {
  if (exception instanceof HttpException) return exception.getStatus();
  const isOfFastify =
    exception instanceof Error && 'code' in exception && String(exception.code).startsWith('FST_');
  if (!isOfFastify || !('statusCode' in exception)) return undefined;
  const status = Number(exception.statusCode);
  return status === FORBIDDEN ? NOT_FOUND : status; // a path that leads out of a folder of files: nothing is there
}
