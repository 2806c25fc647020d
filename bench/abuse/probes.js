// @ts-check
/** What one stranger or one account may try, see ../README.md. */

/**
 * @typedef {{ name: string, connections: number, calls: (own: Own) => string[], reads?: false }} Probe
 * @typedef {{ token: string }} Own of the attacker
 */

/** @param {string} method @param {string} path @param {{ token?: string | undefined, body?: string }} [more] */
function call(method, path, { token, body } = {}) {
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1'];
  if (token !== undefined) lines.push(`Authorization: Bearer ${token}`);
  if (body !== undefined) lines.push('Content-Type: application/json', `Content-Length: ${body.length}`);
  return `${lines.join('\r\n')}\r\n\r\n${body ?? ''}`;
}

/** Bodies that take longest to parse: a megabyte of brackets, and as many values as a body may have. */
const BRACKETS = `[${'[],'.repeat(349_000)}[]]`;
const MOST_VALUES = `[${'[],'.repeat(49_000)}[]]`;

/** @param {string} name @param {number} connections @param {string} method @param {string} path @param {string} [body] @returns {Probe} */
const ofAccount = (name, connections, method, path, body) => ({
  name,
  connections,
  calls: ({ token }) => [call(method, path, body === undefined ? { token } : { token, body })],
});

/** @type {Probe[]} */
const PROBES = [
  ...[4, 16].map((connections) => ({
    name: `a stranger: ${connections} x a megabyte of brackets`,
    connections,
    calls: () => [call('POST', '/enqueue', { body: BRACKETS })],
  })),
  {
    name: 'a stranger: 32 x the API document',
    connections: 32,
    calls: () => [call('GET', '/docs-json')],
  },
  {
    name: 'a stranger: 64 x calls without a token',
    connections: 64,
    calls: () => [call('GET', '/requests'), call('GET', '/'), call('GET', '/nowhere')],
  },
  ofAccount('an account: 64 x a page of 200', 64, 'GET', '/requests?limit=200'),
  ofAccount('an account: 64 x an audit of 1,000', 64, 'GET', '/queue/audit?last=1000'),
  ofAccount('an account: 20 x cancel all', 20, 'POST', '/requests/cancel', '{"filter":{}}'),
  ofAccount('an account: 16 x a megabyte of brackets', 16, 'POST', '/enqueue', BRACKETS),
  ofAccount('an account: 16 x a body of 49,000 lists', 16, 'POST', '/enqueue', MOST_VALUES),
  {
    name: 'an account: 100 x a page that is never read',
    connections: 100,
    calls: ({ token }) => [call('GET', '/requests?limit=200', { token })],
    reads: false,
  },
];

module.exports = { PROBES };
