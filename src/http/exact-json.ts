import type { FastifyInstance } from 'fastify';
import { Problem } from '../common/errors/problem';
import { keepBodySource } from '../common/json/body-source.decorator';
import { JsonTextError, parseExactly } from '../common/json/parse-exactly';
import { stringifyWithTexts } from '../common/json/json-text';
import { readBody } from './read-body';

/**
 * JSON in and out, exactly: the parser keeps the source text of the body, the serialiser splices such texts into
 * answers. No other content type is read; no body at all is fine, whatever type it is said to have.
 */
export function readExactJson(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', (request, payload, done) => {
    readBody(payload, request.routeOptions.bodyLimit, (failure, body) => {
      if (failure || !body?.length) return done(failure);
      try {
        refuseCharset(request.headers['content-type'] ?? '');
        refuseCoding(request.headers['content-encoding'] ?? 'identity');
        const parsed = parseExactly(body);
        keepBodySource(request, parsed);
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

/** JSON is UTF-8 (RFC 8259); a body that says otherwise would be misread. */
function refuseCharset(contentType: string): void {
  const charset = /;\s*charset="?([^";\s]+)/i.exec(contentType)?.[1];
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8') throw notJson(contentType);
}

/** A body that is compressed is not unpacked: it could be a thousand times as large. */
function refuseCoding(coding: string): void {
  if (coding.toLowerCase() !== 'identity')
    throw new Problem(
      'unsupported_media_type',
      `The body must be sent as it is, not in the coding ${coding}.`,
    );
}

function problemOf({ code, detail, pointer }: JsonTextError): Problem {
  if (pointer === undefined) return new Problem(code, detail);
  return new Problem(code, detail, { errors: [{ pointer, code: 'too_deep', detail }] });
}

const notJson = (given: string) =>
  new Problem('unsupported_media_type', `The body must be application/json in UTF-8, not ${given}.`);
