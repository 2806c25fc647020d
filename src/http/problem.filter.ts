import { ArgumentsHost, Catch, ExceptionFilter } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { EventLog } from '../common/log/event-log';
import type { Problem } from '../common/errors/problem';
import { PROBLEM_JSON, problemBody } from '../common/errors/problem-body';
import { noteErrorCode } from './log-calls';
import { problemOf } from './problem-of';
import { unreadyParts } from './unready-parts';

/** The fields that both Fastify's request and Node's own have. */
interface IncomingCall {
  readonly id: string;
  readonly url: string;
  readonly originalUrl?: string;
}

/** Answers every error as `application/problem+json`. Logs a line unless the error is the client's fault. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new EventLog('Problem');

  constructor(private readonly host: HttpAdapterHost) {}

  catch(exception: unknown, context: ArgumentsHost): void {
    const call = context.switchToHttp().getRequest<IncomingCall>();
    const response = context.switchToHttp().getResponse<object>();
    const problem = problemOf(exception);
    const unready = unreadyParts(exception);
    // Probes come every few seconds; ReadinessCheck logs each change once.
    if (!unready) this.record(problem, call.id);
    noteErrorCode(call, problem.code);

    const adapter = this.host.httpAdapter;
    if (adapter.isHeadersSent(response)) return; // a stream that failed midway: its end tells the client
    const path = (call.originalUrl ?? call.url).split('?', 1)[0] ?? '';
    const headers = {
      'content-type': PROBLEM_JSON,
      'x-request-id': call.id,
      'cache-control': 'no-store',
      ...problem.headers,
    };
    for (const [name, value] of Object.entries(headers)) adapter.setHeader(response, name, value);
    const at = { instance: path, callId: call.id };
    const body = {
      ...problemBody(problem.code, problem.detail, at, problem.errors),
      ...unready,
    };
    adapter.reply(response, body, problem.getStatus());
  }

  private record({ code: errorCode, detail, cause }: Problem, callId: string): void {
    if (errorCode === 'internal') this.log.write('call.failed', { callId, errorCode, cause });
    else if (errorCode === 'unavailable')
      this.log.write('call.unavailable', { callId, errorCode, cause: cause ?? detail });
  }
}
