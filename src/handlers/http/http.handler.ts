import { STATUS_CODES } from 'node:http';
import type { Dispatcher } from 'undici';
import { Clock } from '../../common/clock';
import { AttemptFailure, PermanentFailure, RetryLater } from '../failures';
import type { Handler, RequestContext } from '../handler';
import { RequestHandler } from '../request-handler.decorator';
import { HttpPayload } from './http-payload.dto';
import { networkFailure } from './network-failure';
import { outgoingRequest } from './outgoing-request';
import { retryAfterMs } from './retry-after';
import { readAnswer, TargetAnswer } from './target-answer';
import { TargetConnections } from './target-connections.service';
import { untilAborted } from './until-aborted';

/** How much of an answer's body is kept: of a good one as the result, of a bad one in the attempt's error. */
const RESULT_BYTES = 64 * 1024;
const ERROR_BYTES = 1024;

/** Answers that ask for another attempt, besides 5xx. */
const TRY_AGAIN = [408, 425, 429];

/**
 * Delivers to a URL. 2xx succeeds, and the answer is the result. 408, 425, 429, 5xx and network errors are retried,
 * not before the target's `Retry-After`. Redirects are not followed: 3xx and all other answers fail for good.
 */
@RequestHandler('http', {
  payload: HttpPayload,
  description: 'Delivers a body to a URL; a 2xx answer succeeds and is the result.',
  example: { url: 'https://example.com/hooks/orders', body: { order: 1, total: 12.5 } },
})
export class HttpHandler implements Handler<HttpPayload, TargetAnswer> {
  constructor(
    private readonly connections: TargetConnections,
    private readonly clock: Clock,
  ) {}

  async handle(payload: HttpPayload, context: RequestContext): Promise<TargetAnswer> {
    const answer = await this.deliver(payload, context);
    if (isSuccess(answer.status)) return answer;
    throw this.failureOf(answer);
  }

  private async deliver(payload: HttpPayload, context: RequestContext): Promise<TargetAnswer> {
    const { signal } = context;
    const { url, ...request } = outgoingRequest(payload, context);
    const options: Dispatcher.RequestOptions = {
      origin: url.origin,
      path: url.pathname + url.search,
      ...request,
      signal,
    };
    try {
      const response = await untilAborted(this.connections.agent.request(options), signal);
      return await readAnswer(response, isSuccess(response.statusCode) ? RESULT_BYTES : ERROR_BYTES);
    } catch (error) {
      signal.throwIfAborted();
      throw networkFailure(error);
    }
  }

  private failureOf({ headers, ...shown }: TargetAnswer): AttemptFailure {
    const { status } = shown;
    const message = `The target answered ${status} ${STATUS_CODES[status] ?? ''}`.trim() + '.';
    const options = { code: `http_${status}`, details: shown };
    if (!TRY_AGAIN.includes(status) && (status < 500 || status > 599))
      return new PermanentFailure(message, options);
    const wish = retryAfterMs(headers['retry-after'], this.clock.wall());
    return wish === undefined
      ? new AttemptFailure(message, options)
      : new RetryLater(wish, message, { ...options, atLeast: true });
  }
}

const isSuccess = (status: number) => status >= 200 && status <= 299;
