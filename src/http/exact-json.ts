import type { FastifyInstance } from 'fastify';
import { Problem } from '../common/errors/problem';
import { keptPayer } from '../common/flow/payer';
import { TimeShare } from '../common/flow/time-share';
import { type BodySource, keepBodySource } from '../common/json/body-source.decorator';
import { canonicalHash } from '../common/json/canonical-hash';
import { hasMoreValuesThan } from '../common/json/many-values';
import { ExactJson, JsonTextError, parseExactly } from '../common/json/parse-exactly';
import { stringifyWithTexts } from '../common/json/json-text';
import { SECOND_MS } from '../common/time/units';
import { readBody } from './read-body';

/**
 * Most values and keys of a body; objects and arrays count twice. It is four hundred for each request of a full batch.
 */
const MOST_VALUES = 100_000;

/**
 * Milliseconds for parsing and hashing the bodies of one account per window. They may be used at once, and all other calls wait
 * that long, so the window is short. (P5)
 */
const PARSE_SHARE_MS = 50;
const PARSE_WINDOW_MS = SECOND_MS / 4;

/**
 * Smaller bodies are not counted, bytes: parsing one takes a tenth of a millisecond. If it took longer, the machine was busy
 * with something else, for which an account must not be refused.
 */
const COUNTED_FROM = 2 * 1024;

/**
 * Exact JSON in and out: the parser keeps the source text of the body, the serialiser inserts such texts into answers.
 * No other content type is read. A call without a body may have any content type.
 */
export function readExactJson(
  fastify: FastifyInstance,
  share = new TimeShare(PARSE_SHARE_MS, PARSE_WINDOW_MS),
): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', (request, payload, done) => {
    readBody(payload, request.routeOptions.bodyLimit, (failure, body) => {
      if (failure || !body?.length) return done(failure);
      try {
        refuseCharset(request.headers['content-type'] ?? '');
        refuseCoding(request.headers['content-encoding'] ?? 'identity');
        const inShare = shareOf(keptPayer(request), share, body);
        const parsed = inShare(() => parseExactly(body));
        keepBodySource(request, bodySource(parsed, inShare));
        done(null, parsed.value);
      } catch (error) {
        done(error instanceof JsonTextError ? problemOf(error) : (error as Error));
      }
    });
  });
  fastify.addContentTypeParser('*', ({ headers }, _body, done) => {
    if (headers['content-length'] === '0') return done(null, undefined);
    done(notJson(headers['content-type'] ?? 'no content type'));
  });
  fastify.setReplySerializer(stringifyWithTexts);
}

type InShare = <T>(work: () => T) => T;

/** A function of its own, so that it does not keep the bytes of the body. */
const bodySource = (parsed: ExactJson, inShare: InShare): BodySource => ({
  sourceOf: (pointer) => parsed.sourceOf(pointer),
  hash: () => inShare(() => canonicalHash(parsed.text)),
});

/**
 * What runs the work on a body and counts its time. Work cannot be interrupted, so the size of a body is limited, and so is the time
 * for the bodies of an account. (P5)
 * @throws Problem body_too_large, rate_limited if the account has taken its time
 */
function shareOf(payer: string | undefined, share: TimeShare, body: Buffer): InShare {
  if (hasMoreValuesThan(MOST_VALUES, body))
    throw new Problem('body_too_large', `The body has more than ${MOST_VALUES} values and keys.`);
  // A stranger's is on a route with a limit of a few kilobytes.
  if (payer === undefined || body.length < COUNTED_FROM) return (work) => work();
  const waitMs = share.waitMs(payer);
  if (waitMs > 0)
    throw new Problem(
      'rate_limited',
      'Reading your bodies has recently taken too much time. Wait a little.',
      {
        retryAfterSeconds: waitMs / SECOND_MS,
      },
    );
  return (work) => share.spend(payer, work);
}

/** JSON is UTF-8 (RFC 8259). A body in another encoding would be misread. */
function refuseCharset(contentType: string): void {
  const charset = /;\s*charset="?([^";\s]+)/i.exec(contentType)?.[1];
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8') throw notJson(contentType);
}

/** A compressed body is not unpacked: it could be a thousand times as large. */
function refuseCoding(coding: string): void {
  if (coding.toLowerCase() !== 'identity')
    throw new Problem(
      'unsupported_media_type',
      `The body must not be compressed or encoded, but its Content-Encoding is ${coding}.`,
    );
}

function problemOf({ code, detail, pointer }: JsonTextError): Problem {
  if (pointer === undefined) return new Problem(code, detail);
  return new Problem(code, detail, { errors: [{ pointer, code: 'too_deep', detail }] });
}

const notJson = (given: string) =>
  new Problem('unsupported_media_type', `The body must be application/json in UTF-8, not ${given}.`);
