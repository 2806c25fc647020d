import { chunksOf } from '../../common/flow/in-chunks';
import { SIGNATURE_HEADERS } from './delivery-signer';
import type { HttpPayload } from './http-payload.dto';
import { type DeliveryContext, headersOf, outgoingRequest } from './outgoing-request';
import { isSecret } from './hidden-secrets';

/** Why a value is hidden: it is the user's secret, or it differs in each attempt. */
export type Hidden = 'secret' | 'each_attempt';

export interface SentHeader {
  readonly name: string;
  readonly value: string | null;
  readonly hidden?: Hidden;
}

/** A delivery to the target of a request, in the form shown to people. */
export interface DeliveryView {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly SentHeader[];
}

const [, TIMESTAMP, SIGNATURE] = SIGNATURE_HEADERS;
const EACH_ATTEMPT: readonly string[] = ['turnwise-attempt', 'turnwise-fencing-token', TIMESTAMP, SIGNATURE];

/** The delivery of an `http` request, built by the code that sends it, but without an attempt. */
export function deliveryView(
  payloadText: string,
  request: Pick<DeliveryContext, 'requestId' | 'userId' | 'seq'>,
): DeliveryView {
  const payload = JSON.parse(payloadText) as HttpPayload;
  const context = { ...request, payloadText, idempotencyKey: request.requestId, attempt: 0, fencingToken: 0 };
  const outgoing = outgoingRequest(payload, context);
  const flat = headersOf(
    outgoing,
    SIGNATURE_HEADERS.flatMap((name) => [name, request.requestId]),
  );
  const hiddenOf = (name: string): Hidden | undefined => {
    if (EACH_ATTEMPT.includes(name)) return 'each_attempt';
    return isSecret(name) && Object.hasOwn(payload.headers ?? {}, name) ? 'secret' : undefined;
  };
  return {
    method: outgoing.method,
    url: outgoing.url.href,
    headers: (chunksOf(flat, 2) as [name: string, value: string][]).map(([name, value]) => {
      const hidden = hiddenOf(name);
      return hidden === undefined ? { name, value } : { name, value: null, hidden };
    }),
  };
}
