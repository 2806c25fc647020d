import { inspect } from 'node:util';
import { ArgumentsHost, Catch, ExceptionFilter, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { CATALOGUE } from '../common/errors/catalogue';
import type { Problem } from '../common/errors/problem';
import { PROBLEM_JSON, problemBody } from '../common/errors/problem-body';
import { problemOf } from './problem-of';
import { unreadyParts } from './unready-parts';

/** What both Fastify's request and Node's own have once they have come in. */
interface IncomingCall {
  readonly id: string;
  readonly url: string;
  readonly originalUrl?: string;
}

/** Answers every error as `application/problem+json`, and logs it at its level in the catalogue. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('Problem');

  constructor(private readonly host: HttpAdapterHost) {}

  catch(exception: unknown, context: ArgumentsHost): void {
    const call = context.switchToHttp().getRequest<IncomingCall>();
    const response = context.switchToHttp().getResponse<object>();
    const problem = problemOf(exception);
    const unready = unreadyParts(exception);
    // A probe comes every few seconds: ReadinessCheck tells each change once.
    if (!unready) this.record(problem, call.id);

    const adapter = this.host.httpAdapter;
    if (adapter.isHeadersSent(response)) return; // a stream that failed on its way: its end says it
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

  private record(problem: Problem, callId: string): void {
    const { log: level } = CATALOGUE[problem.code];
    const msg = `${problem.code}: ${problem.detail}`;
    if (level === 'error') this.log.error({ callId, msg }, causeOf(problem));
    else if (level === 'warn')
      this.log.warn({
        callId,
        msg: problem.cause instanceof Error ? `${msg} (${problem.cause.message})` : msg,
      });
    else if (level === 'info') this.log.log({ callId, msg });
    else this.log.debug({ callId, msg });
  }
}

const causeOf = ({ cause }: Problem) =>
  cause instanceof Error ? cause.stack : cause === undefined ? undefined : inspect(cause);
