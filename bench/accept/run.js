// @ts-check
/**
 * `npm run bench:accept`: what `POST /enqueue` costs, compared with the yardstick (plain.js). `npm run bench:accept --
 * --against ../other/dist`: compared with another build. See ../README.md.
 */
const { createHmac } = require('node:crypto');
const { fork } = require('node:child_process');
const { once } = require('node:events');
const { join, resolve } = require('node:path');
const { parseArgs } = require('node:util');
const { choosePort, isListening } = require('../../scripts/lib/ports');
const { main } = require('../../scripts/tools/main');
const { register, startStores } = require('../../scripts/tools/service');
const { until } = require('../../scripts/lib/until');
const { cpuUs } = require('./proc');
const { report, verdict } = require('./report');

const { values } = parseArgs({
  options: {
    against: { type: 'string' },
    connections: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    users: { type: 'string', default: '60' },
  },
});
const CONNECTIONS = (values.connections ?? (values.against === undefined ? '64,256' : '64'))
  .split(',')
  .map(Number);
const WARM_UP_SECONDS = 5;
const PLAIN_SECRET = 'a-secret-of-the-yardstick-alone';
const BODY = JSON.stringify({
  type: 'echo',
  payload: {
    documentId: 'doc-4b1f0c9e77aa',
    format: 'pdf',
    locale: 'en-GB',
    options: { pages: 12, dpi: 300 },
  },
});

/** @typedef {{ name: string, pid: number, port: number, tokens: string[] }} Server */

/** @typedef {import('./report').Round} Round */

/** @param {import('../../scripts/tools/service').StartRole} start @param {string} name @param {string} [main] @returns {Promise<Server>} */
async function turnwise(start, name, main) {
  const variables = { LOG_LEVEL: 'info', QUEUE_MAX_DEPTH: '1000000' };
  const { url, child } = await start('api', { variables, ...(main === undefined ? {} : { main }) });
  const tokens = [];
  for (let i = 0; i < Number(values.users); i += 1) tokens.push(await register(url, i));
  return { name, pid: child.pid, port: Number(new URL(url).port), tokens };
}

/** @param {import('../../scripts/lib/run').Run} run @param {Record<string, string>} stores @returns {Promise<Server>} */
async function plain(run, { REDIS_URL = '', MONGODB_URI = '' }) {
  const port = await choosePort();
  const args = [join(__dirname, 'plain.js'), String(port), PLAIN_SECRET, REDIS_URL, MONGODB_URI];
  const child = run.spawn('plain', process.execPath, args, { output: { file: run.path('plain.log') } });
  await until(child, async () => ((await isListening(port)) ? true : undefined));
  const tokens = Array.from({ length: Number(values.users) }, (_, i) => plainToken(`user-${i}`));
  return { name: 'plain Fastify', pid: child.pid, port, tokens };
}

/** @param {string} userId */
function plainToken(userId) {
  const part = (/** @type {object} */ value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: userId, sid: `s-${userId}`, exp })}`;
  return `${signed}.${createHmac('sha256', PLAIN_SECRET).update(signed).digest('base64url')}`;
}

/** @param {number} server @param {{ mongo: number, redis: number }} stores process ids */
const cpuOf = (server, { mongo, redis }) => ({
  server: cpuUs(server),
  mongo: cpuUs(mongo),
  redis: cpuUs(redis),
});

/** @param {import('../../scripts/lib/run').Run} run */
async function bench(run) {
  const load = fork(join(__dirname, 'load.js'));
  /** @param {Server} server @param {number} connections @param {number} seconds @returns {Promise<import('./load').Outcome>} */
  const under = async ({ port, tokens }, connections, seconds) => {
    load.send({ port, connections, seconds, tokens, body: BODY });
    const [outcome] = await once(load, 'message');
    return outcome;
  };
  try {
    const start = await startStores(run, {});
    const servers = [await turnwise(start, 'Turnwise')];
    if (values.against === undefined) servers.push(await plain(run, start.variables));
    else servers.push(await turnwise(start, 'against', resolve(values.against, 'main.js')));
    for (const server of servers) await under(server, 64, WARM_UP_SECONDS);
    /** @type {Round[]} */
    const rounds = [];
    for (const connections of CONNECTIONS)
      for (let round = 0; round < Number(values.rounds); round += 1)
        for (const server of servers) {
          const before = cpuOf(server.pid, start.pids);
          const outcome = await under(server, connections, Number(values.seconds));
          const after = cpuOf(server.pid, start.pids);
          const { calls, seconds, ...rest } = outcome;
          rounds.push({
            name: server.name,
            connections,
            perSecond: calls / seconds,
            serverUs: (after.server - before.server) / calls,
            mongoUs: (after.mongo - before.mongo) / calls,
            redisUs: (after.redis - before.redis) / calls,
            ...rest,
          });
        }
    console.log(report(rounds));
    console.log(
      verdict(
        rounds,
        servers.map(({ name }) => name),
      ),
    );
    return rounds.some(({ failed }) => failed > 0) ? 1 : 0;
  } finally {
    load.disconnect();
  }
}

void main(bench);
