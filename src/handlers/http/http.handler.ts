import type { Handler, RequestContext } from '../handler';
import { RequestHandler } from '../request-handler.decorator';
import { HttpPayload } from './http-payload.dto';
import { outgoingRequest } from './outgoing-request';
import type { TargetAnswer } from './target-answer';
import { TargetDeliveries } from './target-deliveries.service';

/** Delivers to a URL; the answer is the result. */
@RequestHandler('http', {
  payload: HttpPayload,
  description: 'Delivers a body to a URL; a 2xx answer succeeds and is the result.',
  target: (payload) => new URL((payload as HttpPayload).url).host,
  example: { url: 'https://example.com/hooks/orders', body: { order: 1, total: 12.5 } },
})
export class HttpHandler implements Handler<HttpPayload, TargetAnswer> {
  constructor(private readonly deliveries: TargetDeliveries) {}

  async handle(payload: HttpPayload, context: RequestContext): Promise<TargetAnswer> {
    return this.deliveries.send(outgoingRequest(payload, context), context.signal);
  }
}
