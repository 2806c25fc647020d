import { memberSource } from '../../common/json/member-source';
import { VERSION } from '../../common/process/version';
import type { RequestContext } from '../handler';
import type { SignedDelivery } from './delivery-signer';
import type { HttpPayload } from './http-payload.dto';

/** One delivery, ready to be signed and sent. */
export interface OutgoingRequest {
  readonly url: URL;
  readonly method: NonNullable<HttpPayload['method']>;
  /** Names and values in turn. */
  readonly headers: string[];
  /** The bytes that are signed and sent. */
  readonly body: Buffer | null;
  readonly signedFor: Omit<SignedDelivery, 'body'>;
}

export const USER_AGENT = `Turnwise/${VERSION}`;

/** The fields of an attempt that its delivery contains. */
export type DeliveryContext = Pick<
  RequestContext,
  | 'requestId'
  | 'userId'
  | 'attempt'
  | 'seq'
  | 'fencingToken'
  | 'idempotencyKey'
  | 'payloadText'
  | 'traceparent'
>;

/** Makes the request for one attempt from a payload. */
export function outgoingRequest(payload: HttpPayload, context: DeliveryContext): OutgoingRequest {
  const { body, contentType } = bodyOf(payload, context.payloadText);
  const given = Object.entries(payload.headers ?? {});
  const isGiven = (sought: string) => given.some(([name]) => name.toLowerCase() === sought);
  const { traceparent } = context;
  const headers = [
    ...given,
    ...(contentType === undefined || isGiven('content-type') ? [] : [['content-type', contentType] as const]),
    ...(traceparent === undefined || isGiven('traceparent') ? [] : [['traceparent', traceparent] as const]),
    ['user-agent', USER_AGENT],
    ['idempotency-key', context.idempotencyKey],
    ['turnwise-attempt', String(context.attempt)],
    ['turnwise-seq', String(context.seq)],
    ['turnwise-fencing-token', String(context.fencingToken)],
  ];
  return {
    url: new URL(payload.url),
    method: payload.method ?? 'POST',
    headers: headers.flat(),
    body: body === undefined ? null : Buffer.from(body),
    signedFor: { userId: context.userId, deliveryId: context.requestId },
  };
}

/**
 * All headers of a delivery, in order. Node adds `Connection`.
 * @param signature as the signer returns it
 * @returns names and values in turn
 */
export const headersOf = (request: OutgoingRequest, signature: readonly string[]): string[] => [
  'host',
  request.url.host,
  ...request.headers,
  ...signature,
  ...lengthOf(request),
];

/**
 * A body has its length in a header. Without a body, only methods that usually have one send the header (RFC 9110 8.6).
 */
function lengthOf({ method, body }: OutgoingRequest): string[] {
  if (body === null && (method === 'GET' || method === 'DELETE')) return [];
  return ['content-length', String(body?.length ?? 0)];
}

/** A string is sent as it is, any other value exactly as written in the payload. */
function bodyOf(
  { body }: HttpPayload,
  payloadText: string,
): { readonly body?: string; readonly contentType?: string } {
  if (typeof body === 'string') return { body, contentType: 'text/plain; charset=utf-8' };
  const source = memberSource(payloadText, 'body');
  return source === undefined ? {} : { body: source, contentType: 'application/json' };
}
