import { Logger } from '@nestjs/common';
import { traceOf } from '../../common/trace/traceparent';
import type { RequestContext } from '../../handlers/handler';
import type { AttemptNotesBuffer } from './attempt-notes';
import type { LeasedJob } from '../../queue/scripts/leased-job';

/** What the handler of an attempt can read and call. */
export function attemptContext(
  { job, signal }: { readonly job: LeasedJob; readonly signal: AbortSignal },
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
    traceparent: traceOf(job)?.own,
    log: handlerLog(new Logger(`Handler ${type}`), notes, {
      event: 'handler.line',
      requestId,
      userId,
      type,
      attempt,
    }),
    progress: (done, text) => notes.tellProgress(done, text),
  };
}

/** Lines go to the log of the process with the ids of the attempt, and except for `debug` also to the request. */
function handlerLog(logger: Logger, notes: AttemptNotesBuffer, ids: object): RequestContext['log'] {
  const line = (message: unknown) =>
    typeof message === 'object' && message !== null && !(message instanceof Error)
      ? { ...message, ...ids }
      : { msg: message instanceof Error ? message.message : String(message), ...ids };
  return {
    debug: (message: unknown, ...more: unknown[]) => logger.debug(line(message), ...more),
    log: (message: unknown, ...more: unknown[]) => {
      logger.log(line(message), ...more);
      notes.tellLine('info', message);
    },
    warn: (message: unknown, ...more: unknown[]) => {
      logger.warn(line(message), ...more);
      notes.tellLine('warn', message);
    },
    error: (message: unknown, ...more: unknown[]) => {
      const stack = message instanceof Error ? [message.stack] : [];
      logger.error(line(message), ...stack, ...more);
      notes.tellLine('error', message);
    },
  };
}
