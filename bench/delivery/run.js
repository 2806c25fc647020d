// @ts-check
/** `npm run bench:delivery`: what a delivery costs, compared with a loop that only delivers (README.md). */
const { fork } = require('node:child_process');
const { once } = require('node:events');
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { parseArgs } = require('node:util');
const { Agent, request } = require('undici');
const { main } = require('../../scripts/tools/main');
const { quantile } = require('../lib/figures');
const { rateOf, show } = require('./figures');
const { cpuSeconds, register, startStores } = require('../../scripts/tools/service');

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '200' },
    deliveries: { type: 'string', default: '6000' },
    concurrency: { type: 'string', default: '128' },
    rounds: { type: 'string', default: '3' },
    rate: { type: 'string' },
    seconds: { type: 'string', default: '15' },
  },
});
const USERS = Number(values.users);
const DELIVERIES = Number(values.deliveries);
const CONCURRENCY = Number(values.concurrency);
const BODY = JSON.stringify({ event: 'order.paid', order: 4711, total: 12.5, note: 'x'.repeat(100) });
const WARM_UP = 500;

/** @typedef {import('./figures').Cost} Cost */

class Bench {
  /** @param {import('node:child_process').ChildProcess} target @param {string} url */
  constructor(target, url) {
    this.target = target;
    this.url = url;
    this.client = new Agent();
    /** @type {{ url: string, tokens: string[] }} */
    this.api = { url: '', tokens: [] };
  }

  /** Resolves to the times at which the next n different calls came. @param {number} n @returns {Promise<Map<string, number>>} */
  async calls(n) {
    this.target.send({ n });
    const [{ arrivals }] = await once(this.target, 'message');
    return new Map(arrivals);
  }

  /** @param {number} n @returns {Promise<Cost>} */
  async plain(n) {
    const args = [this.url, String(n), String(CONCURRENCY), BODY];
    const came = this.calls(n);
    const loop = fork(join(__dirname, 'plain.js'), args);
    const [{ cpuUs }] = await once(loop, 'message');
    return { perSecond: rateOf(await came), cpuUs: cpuUs / n };
  }

  /** Fills the queues, and lets a new worker empty them. @param {import('../../scripts/tools/service').StartRole} start @param {number} n @returns {Promise<Cost>} */
  async turnwise(start, n) {
    const came = this.calls(n);
    let next = 0;
    await Promise.all(
      this.api.tokens.map(async () => {
        while (next < n) await this.enqueue((next += 1));
      }),
    );
    const { url, child } = await start('worker');
    const cpu = await cpuSeconds(url);
    const arrivals = await came;
    const cpuUs = ((await cpuSeconds(url)) - cpu) * 1e6;
    await sleep(1_000); // until everything is recorded
    await child.end();
    return { perSecond: rateOf(arrivals), cpuUs: cpuUs / n };
  }

  /** From the 202 to the target's first byte, in ms. @param {number} perSecond @param {number} seconds */
  async latencies(perSecond, seconds) {
    const n = Math.round(perSecond * seconds);
    const came = this.calls(n);
    const begun = performance.now();
    const accepted = await Promise.all(
      Array.from({ length: n }, async (_, i) => {
        await sleep((i / perSecond) * 1000 - (performance.now() - begun));
        const id = await this.enqueue(i);
        return /** @type {const} */ ([id, performance.timeOrigin + performance.now()]);
      }),
    );
    const arrivals = await came;
    return accepted.map(([id, at]) => Math.max(0, (arrivals.get(id) ?? NaN) - at));
  }

  /** @param {number} i @returns {Promise<string>} its id */
  async enqueue(i) {
    const { url, tokens } = this.api;
    const headers = {
      authorization: `Bearer ${tokens[i % tokens.length]}`,
      'content-type': 'application/json',
    };
    const body = `{"type":"http","payload":{"url":"${this.url}","body":${BODY}}}`;
    const answer = await request(`${url}/enqueue`, {
      method: 'POST',
      headers,
      body,
      dispatcher: this.client,
    });
    const text = await answer.body.text();
    if (answer.statusCode !== 202) throw new Error(`enqueue: ${answer.statusCode} ${text}`);
    return JSON.parse(text).id;
  }
}

/** @param {import('../../scripts/lib/run').Run} run */
async function bench(run) {
  const target = fork(join(__dirname, 'target.js'));
  try {
    const [{ url }] = await once(target, 'message');
    const bench = new Bench(target, url);
    const start = await startStores(run, { WORKER_CONCURRENCY: String(CONCURRENCY) });
    const api = await start('api');
    bench.api = { url: api.url, tokens: [] };
    for (let i = 0; i < USERS; i += 1) bench.api.tokens.push(await register(api.url, i));
    await bench.plain(WARM_UP);
    /** @type {Cost[]} */
    const plain = [];
    /** @type {Cost[]} */
    const turnwise = [];
    for (let round = 0; round < Number(values.rounds); round += 1) {
      plain.push(await bench.plain(DELIVERIES));
      turnwise.push(await bench.turnwise(start, DELIVERIES));
    }
    const most = show('plain loop', plain);
    const reached = show('Turnwise', turnwise);
    console.log(`Turnwise reaches ${((reached / most) * 100).toFixed(0)} % of the plain loop.`);
    await start('worker');
    await bench.latencies(100, 3);
    const perSecond = values.rate === undefined ? reached / 4 : Number(values.rate);
    const ms = await bench.latencies(perSecond, Number(values.seconds));
    const [p50, p90, p99] = [0.5, 0.9, 0.99].map((share) => quantile(ms, share).toFixed(1));
    console.log(
      `from 202 to the target's first byte at ${perSecond.toFixed(0)} /s: p50 ${p50}, p90 ${p90}, p99 ${p99} ms`,
    );
    await bench.client.close();
  } finally {
    target.disconnect();
  }
}

void main(bench);
