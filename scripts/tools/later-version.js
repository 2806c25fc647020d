// @ts-check
const { once } = require('node:events');
const { createServer } = require('node:http');
const { text } = require('node:stream/consumers');
const { LOOPBACK } = require('../lib/ports');

const PASSED_ON = ['authorization', 'content-type', 'prefer'];

/**
 * A proxy that makes this service look like a later version: requests that succeed have a status that today's clients do
 * not know.
 * It lasts as long as the process.
 * @param {string} url of the service
 * @returns {Promise<string>} its URL
 */
async function laterVersion(url) {
  const server = createServer(async (call, answer) => {
    const headers = PASSED_ON.flatMap((name) => {
      const value = call.headers[name];
      return typeof value === 'string' ? [/** @type {[string, string]} */ ([name, value])] : [];
    });
    const body = call.method === 'GET' ? null : await text(call);
    const answered = await fetch(`${url}${call.url}`, { method: call.method ?? 'GET', headers, body });
    answer.writeHead(answered.status, { 'content-type': answered.headers.get('content-type') ?? '' });
    answer.end((await answered.text()).replaceAll('"status":"succeeded"', '"status":"of_a_later_version"'));
  });
  server.listen(0, LOOPBACK);
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return `http://${LOOPBACK}:${port}`;
}

module.exports = { laterVersion };
