import { stringifyWithTexts } from '../../common/json/json-text';
import { OutgoingRequest, USER_AGENT } from '../../handlers/http/outgoing-request';
import { endedRequestView } from '../../requests/request-view';
import type { DueCallback } from './callback-store.service';

/**
 * What `callbackUrl` is sent: `{type, timestamp, data}`, where `data` is the request as `GET /requests/:id` shows it. The
 * id is that of this end: a request that is retried by its user ends again, under another one. A dismissal is not an end:
 * the message still reports the failure.
 */
export function callbackMessage({ request, url, endedAt, attempt }: DueCallback): OutgoingRequest {
  const deliveryId = `${request._id}-${endedAt.getTime()}`;
  const { traceparent } = request.options;
  const message = {
    type: `request.${request.status === 'dismissed' ? 'failed' : request.status}`,
    timestamp: endedAt.toISOString(),
    data: endedRequestView(request),
  };
  return {
    url: new URL(url),
    method: 'POST',
    headers: Object.entries({
      'content-type': 'application/json',
      'user-agent': USER_AGENT,
      'idempotency-key': deliveryId,
      'turnwise-attempt': String(attempt),
      ...(traceparent === undefined ? {} : { traceparent }),
    }).flat(),
    body: Buffer.from(stringifyWithTexts(message)),
    signedFor: { userId: request.userId, deliveryId },
  };
}
