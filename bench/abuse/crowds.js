// @ts-check
/** Attacks on a worker: by many accounts together, or by one account with as much pending as it may have. See ../README.md. */
const { randomUUID } = require('node:crypto');
const { once } = require('node:events');
const { createServer } = require('node:http');
const { setTimeout: delay } = require('node:timers/promises');
const { register } = require('../../scripts/tools/service');
const { holds, latencyOf, ms, say } = require('./latency');

const HOUR_MS = 3_600_000;
/** The longest time limit of an attempt that does not count as long. */
const MINUTE_MS = 60_000;
const JSON_TYPE = { 'content-type': 'application/json' };

/** @typedef {{ url: string, tokens: readonly string[], target: Target }} Stage */

/** Never answers, but reports a call to the waiters for its path. */
class Target {
  static async start() {
    const target = new Target();
    target.server.listen(0, '127.0.0.1');
    await once(target.server, 'listening');
    return target;
  }

  constructor() {
    /** @type {Map<string, () => void>} */
    this.heard = new Map();
    this.server = createServer((call, answer) => {
      const heard = this.heard.get(call.url ?? '');
      if (heard === undefined) return;
      heard();
      answer.end();
    });
  }

  /** @param {string} path */
  url(path) {
    const { port } = /** @type {import('node:net').AddressInfo} */ (this.server.address());
    return `http://127.0.0.1:${port}${path}`;
  }

  /** @param {string} path @returns {Promise<void>} */
  called(path) {
    return new Promise((resolve) => this.heard.set(path, resolve));
  }

  close() {
    this.server.close();
    this.server.closeAllConnections();
  }
}

/**
 * Enqueues, and repeats a 503 once: the service answers so if a store stalls for a moment.
 * @param {string} url @param {string} token @param {object} body @param {Record<string, string>} [headers]
 */
async function enqueue(url, token, body, headers = {}) {
  const call = {
    method: 'POST',
    headers: { ...JSON_TYPE, authorization: `Bearer ${token}`, 'idempotency-key': randomUUID(), ...headers },
    body: JSON.stringify(body),
  };
  const answer = await fetch(`${url}/enqueue`, call);
  if (answer.status !== 503) return answer;
  await answer.text();
  return fetch(`${url}/enqueue`, call);
}

/** @param {Stage} stage @param {(i: number) => object} bodyOf of each account @returns {Promise<string>} the answers */
async function fromEach({ url, tokens }, bodyOf) {
  const answers = await Promise.all(tokens.map((token, i) => enqueue(url, token, bodyOf(i))));
  await Promise.all(answers.map((answer) => answer.text()));
  return `${answers.filter(({ status }) => status === 202).length} x 202`;
}

/** The most that one account may have pending, with the largest payloads. @param {Stage} stage */
async function fillOne({ url, tokens: [token = ''] }) {
  const body = { type: 'echo', payload: 'x'.repeat(250_000), delayMs: HOUR_MS };
  for (let taken = 0; ; taken += 1) {
    const answer = await enqueue(url, token, body);
    await answer.text();
    if (answer.status !== 202) return `${taken} x 202, then ${answer.status}`;
  }
}

/**
 * @typedef {object} Crowd
 * @property {string} name
 * @property {'end' | 'callback'} watched
 * @property {(stage: Stage) => Promise<string>} begin
 */
/** @type {Crowd[]} */
const CROWDS = [
  {
    name: '100 accounts: a target that hangs',
    watched: 'end',
    begin: (stage) =>
      fromEach(stage, () => {
        const payload = { url: stage.target.url('/hangs') };
        return { type: 'http', payload, maxAttempts: 1, timeoutMs: MINUTE_MS };
      }),
  },
  {
    name: '100 accounts: an hour of sleep',
    watched: 'end',
    begin: (stage) =>
      fromEach(stage, () => ({ type: 'sleep', payload: { ms: HOUR_MS }, timeoutMs: HOUR_MS })),
  },
  {
    name: '100 accounts: a callback URL that hangs',
    watched: 'callback',
    begin: (stage) =>
      fromEach(stage, (i) => ({ type: 'echo', payload: i, callbackUrl: stage.target.url('/silent') })),
  },
  { name: 'an account: all that it may have pending', watched: 'end', begin: fillOne },
];

/** How long it takes until a request of the other user has ended, or its callback has arrived. */
const WATCHES = {
  /** @param {string} url @param {string} token */
  end: async (url, token) => {
    const answer = await enqueue(url, token, { type: 'echo', payload: 1 }, { prefer: 'wait=30' });
    await answer.text();
    return answer.status === 200;
  },
  /** @param {string} url @param {string} token @param {Target} target */
  callback: async (url, token, target) => {
    const path = `/called/${performance.now()}`;
    const called = target.called(path);
    const answer = await enqueue(url, token, { type: 'echo', payload: 1, callbackUrl: target.url(path) });
    await answer.text();
    await Promise.race([called, delay(30_000)]);
    return answer.status === 202;
  },
};

/** @param {keyof typeof WATCHES} watched @param {string} url @param {string} token @param {Target} target @param {number} seconds */
async function watch(watched, url, token, target, seconds) {
  /** @type {number[]} */
  const took = [];
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until) {
    const since = performance.now();
    took.push((await WATCHES[watched](url, token, target)) ? performance.now() - since : Infinity);
    await delay(10);
  }
  return latencyOf(took);
}

/**
 * Tries all crowds whose name contains `only`.
 * @param {{ url: string, token: string, seconds: number, only: string }} what `token` of the other user
 * @returns {Promise<boolean>} whether the promise holds
 */
async function tryCrowds({ url, token, seconds, only }) {
  const crowds = CROWDS.filter(({ name }) => name.includes(only));
  if (crowds.length === 0) return true;
  const target = await Target.start();
  try {
    const tokens = [];
    for (let i = 0; i < 100; i += 1) tokens.push(await register(url, 100 + i));
    const idle = {
      end: await watch('end', url, token, target, seconds),
      callback: await watch('callback', url, token, target, seconds),
    };
    const head = ['', 'what the other user waits for', 'p50 / p99 ms', 'answers', ''];
    console.log();
    for (const row of [head, head.map(() => '---')]) say(row);
    say(['idle', 'the end of a request', ms(idle.end), '', '']);
    say(['idle', 'a callback', ms(idle.callback), '', '']);
    let allHold = true;
    for (const { name, watched, begin } of crowds) {
      const answers = await begin({ url, tokens, target });
      await delay(2000); // until everything that can be held is held
      const during = await watch(watched, url, token, target, seconds);
      // A callback is looked for once a second, also of an idle service.
      const isKept = holds(during, idle[watched], watched === 'callback' ? Infinity : undefined);
      allHold &&= isKept;
      const what = watched === 'end' ? 'the end of a request' : 'a callback';
      say([name, what, ms(during), answers, isKept ? 'holds' : 'BROKEN']);
      const cancel = { method: 'POST', body: '{"filter":{}}' };
      for (const own of tokens) {
        const headers = { ...JSON_TYPE, authorization: `Bearer ${own}` };
        await (await fetch(`${url}/requests/cancel`, { ...cancel, headers })).text();
      }
    }
    return allHold;
  } finally {
    target.close();
  }
}

module.exports = { CROWDS, Target, WATCHES, tryCrowds };
