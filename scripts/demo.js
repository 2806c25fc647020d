// @ts-check
/**
 * `npm run demo`: twenty customers with a believable mix of work, on the `npm start` that is running here, until Ctrl-C.
 * It prints an operator's account to sign in with. Everything it needs is built in: failing requests exceed their time limit.
 */
const { randomBytes } = require('node:crypto');
const { setTimeout: sleep } = require('node:timers/promises');
const { appUrl } = require('./lib/app');
const { makeAdmin } = require('./lib/first-account');

const URL = appUrl(Number(process.env.PORT || 8085));

/** @typedef {{ type: string, payload: unknown } & Record<string, unknown>} Request */
/**
 * How a kind of customer behaves: what they send, how often, and what happens after failures.
 * @typedef {{ names: readonly string[], everyMs: number, request: () => Request, onFailure?: string }} Kind
 */

const between = (/** @type {number} */ least, /** @type {number} */ most) =>
  Math.round(least + Math.random() * (most - least));
/** @template T @param {readonly T[]} items @returns {T} */
const oneOf = (items) => /** @type {T} */ (items[between(0, items.length - 1)]);
const order = () => ({ order: between(1000, 9999), total: between(100, 90_000) / 100 });

/** @returns {Request} one that exceeds its time limit */
const tooSlow = (/** @type {object} */ more) => ({
  type: 'sleep',
  payload: { ms: 5_000 },
  timeoutMs: 400,
  tags: ['sync'],
  ...more,
});
/** @returns {Request} */
const work = (/** @type {number} */ least, /** @type {number} */ most, /** @type {string} */ tag) => ({
  type: 'sleep',
  payload: { ms: between(least, most) },
  tags: [tag],
});
/** @returns {Request} */
const quick = () => ({ type: 'echo', payload: order(), tags: [oneOf(['invoice', 'receipt', 'order'])] });

/** @type {readonly Kind[]} */
const KINDS = [
  {
    names: [
      'bakery-lind',
      'cafe-onda',
      'books-and-co',
      'north-bikes',
      'studio-vega',
      'tea-house',
      'plantika',
      'kiosk-23',
    ],
    everyMs: 2_500,
    request: quick,
  },
  {
    names: ['atlas-freight', 'city-clinic', 'harbour-bank', 'metro-prints', 'solar-works'],
    everyMs: 4_500,
    request: () => work(800, 5_500, 'export'),
  },
  {
    names: ['old-erp', 'fax-gateway', 'partner-x'],
    everyMs: 6_000,
    request: () =>
      Math.random() < 0.4
        ? tooSlow({ maxAttempts: 2, backoff: { type: 'fixed', delayMs: 1_500 } })
        : work(200, 900, 'sync'),
  },
  {
    names: ['newsletter-club', 'payroll-plus'],
    everyMs: 8_000,
    request: () => ({ ...quick(), delayMs: between(30_000, 3_600_000) }),
  },
  { names: ['ledger-corp'], everyMs: 15_000, onFailure: 'halt', request: () => tooSlow({ maxAttempts: 1 }) },
  {
    names: ['retry-labs'],
    everyMs: 20_000,
    request: () => tooSlow({ maxAttempts: 50, backoff: { type: 'fixed', delayMs: 20_000 } }),
  },
];

/**
 * @param {string} method
 * @param {string} path
 * @param {{ credential?: string, customer?: string, body?: unknown }} [call]
 */
async function call(method, path, { credential, customer, body } = {}) {
  const answer = await fetch(URL + path, {
    method,
    headers: {
      ...(credential === undefined ? {} : { authorization: `Bearer ${credential}` }),
      ...(customer === undefined ? {} : { 'turnwise-user': customer }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok && answer.status !== 429) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

/**
 * Sends a customer's requests until the process ends.
 * @param {string} credential
 * @param {string | undefined} customer undefined: the operator's own queue
 * @param {Kind} kind
 */
async function behave(credential, customer, { everyMs, request, onFailure }) {
  const as = { credential, ...(customer === undefined ? {} : { customer }) };
  if (onFailure !== undefined) await call('PATCH', '/queue', { ...as, body: { onFailure } });
  for (;;) {
    await call('POST', '/enqueue', { ...as, body: request() });
    await sleep(everyMs * (0.4 + 1.2 * Math.random()));
  }
}

async function main() {
  const email = `demo-${randomBytes(3).toString('hex')}@example.com`; // new each time
  const { password, key } = await makeAdmin(URL, { email, name: 'demo', scopes: ['act-as', 'enqueue'] });
  console.log(`Twenty customers are at work. Sign in at ${URL} and watch; Ctrl-C ends it.
  email     ${email}
  password  ${password}
`);
  await Promise.all([
    behave(key, undefined, {
      names: [],
      everyMs: 3_000,
      request: () => oneOf([quick, () => work(2_000, 7_000, 'report')])(),
    }),
    ...KINDS.flatMap((kind) => kind.names.map((name) => behave(key, name, kind))),
  ]);
}

main().catch((error) => {
  const isAway = error instanceof TypeError;
  console.error(isAway ? `Nothing answers at ${URL}: run \`npm start\` first.` : error.message);
  process.exitCode = 1;
});
