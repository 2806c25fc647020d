import { parseExactly } from '../../common/json/parse-exactly';
import { VERSION } from '../../common/version';
import type { RequestContext } from '../handler';
import type { HttpPayload } from './http-payload.dto';

/** One delivery, ready to be sent. */
export interface OutgoingRequest {
  readonly url: URL;
  readonly method: NonNullable<HttpPayload['method']>;
  /** Names and values in turn. */
  readonly headers: string[];
  readonly body: string | null;
}

/** A payload as the request that is sent for one attempt. */
export function outgoingRequest(payload: HttpPayload, context: RequestContext): OutgoingRequest {
  const { body, contentType } = bodyOf(payload, context.payloadText);
  const given = Object.entries(payload.headers ?? {});
  const typed = contentType === undefined || given.some(([name]) => name.toLowerCase() === 'content-type');
  const headers = [
    ...given,
    ...(typed ? [] : [['content-type', contentType] as const]),
    ['user-agent', `Turnwise/${VERSION}`],
    ['idempotency-key', context.idempotencyKey],
    ['turnwise-attempt', String(context.attempt)],
    ['turnwise-seq', String(context.seq)],
    ['turnwise-fencing-token', String(context.fencingToken)],
  ];
  return { url: new URL(payload.url), method: payload.method ?? 'POST', headers: headers.flat(), body };
}

/** A string is sent as it is, any other value exactly as it was written in the payload. */
function bodyOf({ body }: HttpPayload, payloadText: string): { body: string | null; contentType?: string } {
  if (typeof body === 'string') return { body, contentType: 'text/plain; charset=utf-8' };
  const source = parseExactly(payloadText).sourceOf('/body');
  return source === undefined ? { body: null } : { body: source, contentType: 'application/json' };
}
