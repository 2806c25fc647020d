// @ts-check
/** Receives deliveries on this machine, and passes each on to a developer's own server, or shows its body. */
const { createHmac } = require('node:crypto');
const { createServer, request: requestHttp } = require('node:http');
const { request: requestHttps } = require('node:https');
const { LOOPBACK } = require('../lib/ports');

/** Headers that belong to one connection, and are not forwarded. */
const OF_THE_CONNECTION = [
  ...['connection', 'keep-alive', 'transfer-encoding', 'host', 'content-length'],
  ...['te', 'trailer', 'upgrade', 'expect'],
];

/**
 * @typedef {object} Forwarding
 * @property {URL} [forward] where each delivery goes, whatever its path; if omitted, each is answered with 200, and its
 *   body is printed
 * @property {number} port 0: any free one
 * @property {string} [secret] `whsec_...`: signs the forwarded deliveries again
 * @property {(line: string) => void} print called once a delivery
 */

/**
 * Listens on this machine alone.
 * @param {Forwarding} forwarding
 * @returns {Promise<import('node:http').Server>} listening
 */
async function startForwarder({ forward, port, secret, print }) {
  const server = createServer((request, response) => {
    serve(request, response).catch((error) => {
      response.destroy();
      print(`${request.method} ${request.url}  ->  broken off: ${error.message}`);
    });
  });
  /** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
  async function serve(request, response) {
    const since = performance.now();
    const body = await bodyOf(request);
    const outcome = forward
      ? await pass({ forward, method: request.method, headers: passedOn(request, body), body }, response)
      : show(body, response);
    const ms = Math.round(performance.now() - since);
    const { 'webhook-id': id = 'without an id', 'turnwise-attempt': attempt = '?' } = request.headers;
    print(`${request.method} ${request.url}  ${id}  attempt ${attempt}  ->  ${outcome}  ${ms} ms`);
  }
  /** @param {import('node:http').IncomingMessage} request @param {Buffer} body */
  function passedOn(request, body) {
    const headers = withoutConnection(request.headers);
    if (secret !== undefined) headers['webhook-signature'] = signature(secret, headers, body);
    return headers;
  }
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => resolve(undefined));
  });
  return server;
}

/** How much of a body is printed. */
const MOST_SHOWN = 1000;

/**
 * Answers a delivery that is not forwarded.
 * @param {Buffer} body
 * @param {import('node:http').ServerResponse} response
 * @returns {string} the body, for people to read
 */
function show(body, response) {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"received":true}');
  const text = body.toString();
  return text.length > MOST_SHOWN ? `200  ${text.slice(0, MOST_SHOWN)}...` : `200  ${text}`;
}

/**
 * @param {{ forward: URL, method: string | undefined, headers: import('node:http').OutgoingHttpHeaders, body: Buffer }} call
 * @param {import('node:http').ServerResponse} response
 * @returns {Promise<string>} what became of it, for people to read
 */
function pass({ forward, method, headers, body }, response) {
  const send = forward.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const call = send(forward, { method, headers: { ...headers, 'content-length': body.length } });
    call.on('response', (answer) => {
      const { statusCode = 502 } = answer;
      try {
        response.writeHead(statusCode, withoutConnection(answer.headers));
      } catch (error) {
        call.destroy();
        return reject(error); // not a status of HTTP
      }
      answer.pipe(response);
      answer.on('end', () => resolve(String(statusCode)));
      answer.on('error', () => response.destroy());
    });
    call.on('error', (error) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(502).end();
      resolve(`not reached (${/** @type {NodeJS.ErrnoException} */ (error).code ?? error.message}): 502`);
    });
    response.on('close', () => {
      if (response.writableFinished) return;
      call.destroy(); // Turnwise has given up
      resolve('given up by Turnwise');
    });
    call.end(body);
  });
}

/** @param {import('node:http').IncomingHttpHeaders} headers */
const withoutConnection = (headers) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_THE_CONNECTION.includes(name)));

/** @param {import('node:http').IncomingMessage} request */
async function bodyOf(request) {
  /** @type {Buffer[]} */
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * Signs by Standard Webhooks, with the id and the time of the delivery.
 * @param {string} secret
 * @param {import('node:http').IncomingHttpHeaders} headers
 * @param {Buffer} body
 */
function signature(secret, headers, body) {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.`;
  return `v1,${createHmac('sha256', key).update(signed).update(body).digest('base64')}`;
}

module.exports = { startForwarder };
