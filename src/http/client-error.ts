import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { CATALOGUE, ErrorCode } from '../common/errors/catalogue';
import { Problem } from '../common/errors/problem';
import { PROBLEM_JSON, problemBody } from '../common/errors/problem-body';
import { servedCalls } from './served-calls';

const BY_NODE_CODE: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  HPE_HEADER_OVERFLOW: ['header_fields_too_large', 'The headers are larger than 16 KiB.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request_timeout', 'The request did not arrive in time.'],
};

/**
 * Answers input that is not valid HTTP: there is no request, so the answer is written to the socket directly. It must
 * not be mistaken for the answer to a call that is, or will be, served: a 4xx was never accepted (P3). So a connection
 * is closed without an answer while a call is served on it, and if it has sent nothing yet (a call may be about to
 * arrive): its client then knows that it has no answer, and repeats the call. After a 408 nothing more is served.
 */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  const mayBeServed = socket.bytesRead === 0 || servedCalls(socket) > 0;
  if (error.code === 'ECONNRESET' || !socket.writable || mayBeServed) {
    socket.destroy();
    return;
  }
  const [code, detail] = BY_NODE_CODE[error.code ?? ''] ?? [
    'bad_request',
    'This is not a valid HTTP request.',
  ];
  const { status } = CATALOGUE[code];
  const callId = randomUUID();
  const body = JSON.stringify(problemBody(code, detail, { instance: '', callId }));
  const answer = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${PROBLEM_JSON}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${callId}`,
    'Cache-Control: no-store',
    'Connection: close',
    '',
    body,
  ].join('\r\n');
  socket.end(answer);
  if (code === 'request_timeout') socket.destroy(); // later input is not read
}

/**
 * Replaces two refusals that Node would send without a reason: a call with no Host, or two, gets an error that explains
 * it; an unknown Expect is ignored.
 */
export function answerForNode(fastify: FastifyInstance): void {
  const { server } = fastify;
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  fastify.addHook('onRequest', ({ raw: { headers, rawHeaders, httpVersion } }, _reply, done) => {
    if (httpVersion === '1.1' && headers.host === undefined)
      return done(new Problem('bad_request', 'The Host header is missing.'));
    const hosts = rawHeaders.filter((name, i) => i % 2 === 0 && name.length === 4 && /^host$/i.test(name));
    done(hosts.length > 1 ? new Problem('bad_request', 'There is more than one Host header.') : undefined);
  });
}
