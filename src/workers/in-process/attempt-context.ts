import { Logger } from '@nestjs/common';
import type { RequestContext } from '../../handlers/handler';
import type { AttemptNotesBuffer } from './attempt-notes';
import type { GivenJob } from '../../queue/scripts/given-job';

/** What the handler of an attempt is told, and tells. */
export function attemptContext(
  { job, signal }: { readonly job: GivenJob; readonly signal: AbortSignal },
  attempt: number,
  notes: AttemptNotesBuffer,
): RequestContext {
  const { requestId, userId, type, seq, token, payload } = job;
  return {
    requestId,
    userId,
    type,
    attempt,
    seq,
    fencingToken: token,
    idempotencyKey: requestId,
    signal,
    payloadText: payload,
    log: handlerLog(new Logger(`Handler ${type}`), notes),
    progress: (done, text) => notes.tellProgress(done, text),
  };
}

/** Lines go to the log of the process and, but for `debug`, to the request. */
function handlerLog(logger: Logger, notes: AttemptNotesBuffer): RequestContext['log'] {
  return {
    debug: (message: unknown, ...more: unknown[]) => logger.debug(message, ...more),
    log: (message: unknown, ...more: unknown[]) => {
      logger.log(message, ...more);
      notes.tellLine('info', message);
    },
    warn: (message: unknown, ...more: unknown[]) => {
      logger.warn(message, ...more);
      notes.tellLine('warn', message);
    },
    error: (message: unknown, ...more: unknown[]) => {
      logger.error(message, ...more);
      notes.tellLine('error', message);
    },
  };
}
