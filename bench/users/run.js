// @ts-check
/**
 * `npm run bench:users`: what users leave behind in the processes and in Redis, once each has had a request that ended. A line
 * after 1 %, 10 %, 50 % and all of them; they should be the same from the second on. See ../README.md.
 */
const { Agent, request } = require('node:http');
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { parseArgs } = require('node:util');
const { Redis } = require('ioredis');
const { MongoClient } = require('mongodb');
const { ROOT } = require('../../scripts/lib/paths');
const { main } = require('../../scripts/tools/main');
const { residentMb } = require('../accept/proc');
const { METRICS_TOKEN, register, startStores } = require('../../scripts/tools/service');

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '100000' },
    connections: { type: 'string', default: '64' },
  },
});
const BODY = JSON.stringify({ type: 'echo', payload: { documentId: 'doc-4b1f0c9e77aa', format: 'pdf' } });
/** With this, the metrics of a process show what it holds, without uncollected garbage. */
const COLLECTING = `--expose-gc --require ${join(ROOT, 'test/support/collect-garbage-first.js')}`;
/** Until everything that runs after the last request has run. */
const SETTLE_MS = 3_000;

/** MB that a process holds: V8's heap and memory outside of it. @param {string} url */
async function heldMb(url) {
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
  const text = await (await fetch(`${url}/metrics`, { headers })).text();
  const bytes = (/** @type {string} */ name) =>
    Number(new RegExp(`^${name}\\S* (\\S+)$`, 'm').exec(text)?.[1]);
  return (bytes('nodejs_heap_size_used_bytes') + bytes('nodejs_external_memory_bytes')) / 1e6;
}

/** The key of an account that enqueues for its customers. @param {import('../../scripts/lib/run').Run} run @param {string} url @param {Record<string, string>} stores */
async function customersKey(run, url, stores) {
  const token = await register(url, 0);
  const args = [join(ROOT, 'dist/admin-command.js'), 'promote', 'user-0@example.com'];
  await run.tool('promote', process.execPath, args, {
    env: { PATH: process.env.PATH, ...stores },
    output: 'collect',
  });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ name: 'shop', scopes: ['act-as', 'enqueue'] });
  const answer = await fetch(`${url}/auth/api-keys`, { method: 'POST', headers, body });
  return /** @type {{ key: string }} */ (await answer.json()).key;
}

/** @param {string} url @param {Agent} agent @param {string} key @param {number} customer @returns {Promise<number | undefined>} the status */
const enqueue = (url, agent, key, customer) =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': BODY.length };
    const call = request(`${url}/enqueue`, {
      ...{ agent, method: 'POST' },
      headers: { ...headers, authorization: `Bearer ${key}`, 'turnwise-user': `customer-${customer}` },
    });
    call.on('error', reject).on('response', (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode));
    });
    call.end(BODY);
  });

/** @param {import('../../scripts/lib/run').Run} run */
async function bench(run) {
  const start = await startStores(run, { NODE_OPTIONS: COLLECTING });
  const [api, worker] = [await start('api'), await start('worker')];
  const { MONGODB_URI = '', REDIS_URL = '' } = start.variables;
  const [mongo, redis] = [new MongoClient(MONGODB_URI), new Redis(REDIS_URL)];
  const requests = mongo.db().collection('requests');
  const key = await customersKey(run, api.url, start.variables);
  const agent = new Agent({ keepAlive: true, maxSockets: Number(values.connections) });
  console.log('|   users | API MB held | resident | worker MB held | resident | Redis MB | keys |');
  console.log('| ------: | ----------: | -------: | -------------: | -------: | -------: | ---: |');
  let users = 0;
  for (const share of [0, 0.01, 0.1, 0.5, 1]) {
    const upTo = Number(values.users) * share;
    const send = async () => {
      while (users < upTo) {
        const user = users++;
        // Too busy: tries again. Whether it was accepted does not matter here.
        for (let status = 0; status !== 202; status = (await enqueue(api.url, agent, key, user)) ?? 0)
          if (status > 0 && status !== 503) throw new Error(`an enqueue was answered with ${status}`);
      }
    };
    await Promise.all(Array.from({ length: Number(values.connections) }, send));
    while ((await requests.findOne({ pending: true }, { projection: { _id: 1 } })) !== null) await sleep(50);
    await sleep(SETTLE_MS);
    const used = Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]) / 1e6;
    const figures = [
      ...[await heldMb(api.url), residentMb(api.child.pid)],
      ...[await heldMb(worker.url), residentMb(worker.child.pid), used],
    ].map((mb) => mb.toFixed(1));
    console.log(`| ${[users, ...figures, await redis.dbsize()].join(' | ')} |`);
  }
  agent.destroy();
  redis.disconnect();
  await mongo.close();
}

void main(bench);
