// @ts-check
/**
 * `npm run bench:soak`: an hour of lives at a steady rate. After each of twelve spells either the API process or the worker
 * is replaced, and a line is printed: latency, memory, keys and connections. They should be flat. See ../README.md.
 */
const { fork } = require('node:child_process');
const { once } = require('node:events');
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { parseArgs } = require('node:util');
const { Redis } = require('ioredis');
const { MongoClient } = require('mongodb');
const { main } = require('../../scripts/tools/main');
const { register, startStores } = require('../../scripts/tools/service');
const { residentMb } = require('../accept/proc');
const { quantile } = require('../lib/figures');

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    spells: { type: 'string', default: '12' },
    rate: { type: 'string', default: '685' },
    users: { type: 'string', default: '20' },
  },
});
const CONNECTIONS = 16;
const BODY = JSON.stringify({ type: 'echo', payload: { documentId: 'doc-4b1f0c9e77aa', format: 'pdf' } });
const COLUMNS = [
  'minute',
  'calls',
  'accept',
  'start',
  'api MB',
  'worker MB',
  'mongod MB',
  'redis MB',
  'keys',
];

/** @param {readonly number[]} times ms */
const quantiles = (times) => `${quantile(times, 0.5).toFixed(0)} / ${quantile(times, 0.99).toFixed(0)}`;

/** @param {import('../../scripts/lib/run').Run} run */
async function bench(run) {
  const load = fork(join(__dirname, '../accept/load.js'));
  try {
    const start = await startStores(run, {});
    let [api, worker] = [await start('api'), await start('worker')];
    const mongo = new MongoClient(start.variables.MONGODB_URI ?? '');
    const redis = new Redis(start.variables.REDIS_URL ?? '');
    const requests = mongo.db().collection('requests');
    console.log(`| ${COLUMNS.join(' | ')} | connections to Redis, MongoDB |`);
    console.log(`| ${COLUMNS.map(() => '---:').join(' | ')} | ---: |`);
    const spells = Number(values.spells);
    const seconds = (Number(values.minutes) * 60) / spells;
    for (let spell = 1; spell <= spells; spell += 1) {
      const since = new Date();
      const tokens = [];
      for (let i = 0; i < Number(values.users); i += 1) tokens.push(await register(api.url, i));
      load.send({
        ...{ port: Number(new URL(api.url).port), connections: CONNECTIONS, seconds, tokens, body: BODY },
        pause: (CONNECTIONS / Number(values.rate)) * 1000,
      });
      const [{ calls, failed, p50, p99 }] = /** @type {[import('../accept/load').Outcome]} */ (
        await once(load, 'message')
      );
      if (failed > 0) throw new Error(`${failed} calls were not accepted`);
      while ((await requests.findOne({ pending: true }, { projection: { _id: 1 } })) !== null)
        await sleep(50);
      const ended = requests.find(
        { createdAt: { $gte: since } },
        { projection: { createdAt: 1, startedAt: 1 } },
      );
      const waits = (await ended.toArray()).map(({ createdAt, startedAt }) => startedAt - createdAt);
      const used = Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);
      const clients = Number(/connected_clients:(\d+)/.exec(await redis.info('clients'))?.[1]);
      const { connections } = await mongo.db('admin').command({ serverStatus: 1 });
      const line = [
        ...[
          Math.round((spell * seconds) / 60),
          calls,
          `${p50.toFixed(0)} / ${p99.toFixed(0)}`,
          quantiles(waits),
        ],
        ...[api.child.pid, worker.child.pid, start.pids.mongo].map((pid) => residentMb(pid).toFixed(0)),
        ...[(used / 1e6).toFixed(1), await redis.dbsize(), `${clients}, ${connections.current}`],
      ];
      console.log(`| ${line.join(' | ')} |`);
      if (spell % 2 === 0) [api] = [await start('api'), await api.child.end()];
      else [worker] = [await start('worker'), await worker.child.end()];
    }
    redis.disconnect();
    await mongo.close();
  } finally {
    load.disconnect();
  }
}

void main(bench);
