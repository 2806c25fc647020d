// @ts-check
/** Attacks by one stranger or one account, see ../README.md. */

/**
 * `answers`: the only answers that attackers get; `refusal`: what some of them get, if a limit refuses calls (other limits
 * make calls wait); `between`: the most answers to attackers, by the median, before one to another user.
 * @typedef {object} Probe
 * @property {string} name
 * @property {number} connections
 * @property {(own: Own) => string[]} calls
 * @property {readonly string[]} answers
 * @property {string} [refusal]
 * @property {boolean} [reads]
 * @property {number} [between]
 * @typedef {{ token: string, deliveryId: string }} Own of the attacker
 */

/** @param {string} method @param {string} path @param {{ token?: string | undefined, body?: string }} [more] */
function call(method, path, { token, body } = {}) {
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1'];
  if (token !== undefined) lines.push(`Authorization: Bearer ${token}`);
  if (body !== undefined) lines.push('Content-Type: application/json', `Content-Length: ${body.length}`);
  return `${lines.join('\r\n')}\r\n\r\n${body ?? ''}`;
}

/** The bodies that take longest to parse: a megabyte of brackets, and the most values that a body may have. */
const BRACKETS = `[${'[],'.repeat(349_000)}[]]`;
const MOST_VALUES = `[${'[],'.repeat(49_000)}[]]`;

/**
 * @param {Pick<Probe, 'name' | 'connections' | 'answers' | 'refusal' | 'between'>} what
 * @param {string} method @param {string} path @param {string} [body] @returns {Probe}
 */
const ofAccount = (what, method, path, body) => ({
  ...what,
  calls: ({ token }) => [call(method, path, body === undefined ? { token } : { token, body })],
});

/**
 * `between` of expensive calls: a process serves one of an account at a time, so few answers come in between; without that bound
 * it serves eight at once, and eight or more come.
 */
const EXPENSIVE = 5;

/** @type {Probe[]} */
const PROBES = [
  ...[4, 16].map((connections) => ({
    name: `a stranger: ${connections} x a megabyte of brackets`,
    connections,
    calls: () => [call('POST', '/enqueue', { body: BRACKETS })],
    answers: ['401', '429'],
  })),
  {
    name: 'a stranger: 32 x the API document',
    connections: 32,
    calls: () => [call('GET', '/docs-json')],
    answers: ['200', '429'],
    refusal: '429',
  },
  {
    name: 'a stranger: 64 x calls without a token',
    connections: 64,
    calls: () => [call('GET', '/requests'), call('GET', '/'), call('GET', '/nowhere')],
    answers: ['200', '401', '404', '429'],
    refusal: '429',
  },
  ofAccount(
    { name: 'an account: 64 x a page of 200', connections: 64, answers: ['200'], between: EXPENSIVE },
    'GET',
    '/requests?limit=200',
  ),
  ofAccount(
    { name: 'an account: 64 x an audit of 1,000', connections: 64, answers: ['200'], between: EXPENSIVE },
    'GET',
    '/queue/audit?last=1000',
  ),
  ofAccount(
    { name: 'an account: 20 x cancel all', connections: 20, answers: ['200', '429'], refusal: '429' },
    'POST',
    '/requests/cancel',
    '{"filter":{}}',
  ),
  ofAccount(
    {
      name: 'an account: 16 x a megabyte of brackets',
      connections: 16,
      answers: ['413', '429'],
      refusal: '413',
    },
    'POST',
    '/enqueue',
    BRACKETS,
  ),
  ofAccount(
    {
      name: 'an account: 16 x a body of 49,000 lists',
      connections: 16,
      answers: ['422', '429'],
      refusal: '429',
    },
    'POST',
    '/enqueue',
    MOST_VALUES,
  ),
  {
    name: 'an account: 64 x a delivery of 43,000 lists',
    connections: 64,
    calls: ({ token, deliveryId }) => [call('GET', `/requests/${deliveryId}`, { token })],
    answers: ['200'],
    between: 20, // of 2 ms each; without turns 41
  },
  {
    // More answers than the system buffers of a connection: the rest waits in the process.
    name: 'an account: 10 x ten pages that are never read',
    connections: 10,
    calls: ({ token }) => [call('GET', '/requests?limit=200', { token }).repeat(10)],
    answers: [],
    reads: false,
  },
];

module.exports = { PROBES };
