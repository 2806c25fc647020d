// @ts-check
/** The built Turnwise, one process per role, with its own Redis and MongoDB. */
const { join } = require('node:path');
const { mongoBinary, redisBinary } = require('../lib/binaries');
const { mongoUri, startMongo } = require('../lib/mongo');
const { NODE_FLAGS } = require('../lib/node-flags');
const { ROOT } = require('../lib/paths');
const { LOOPBACK, choosePort } = require('../lib/ports');
const { startRedis } = require('../lib/redis');
const { until } = require('../lib/until');

/** Without a token nobody may read the metrics in production. */
const METRICS_TOKEN = 'only-for-scrapes-of-this-run';

/**
 * Starts a process; `variables` are its own, `main` is the build it runs (this one if left out).
 * @typedef {(
 *   type: 'api' | 'worker',
 *   own?: { main?: string, variables?: Record<string, string> },
 * ) => Promise<{ url: string, child: import('../lib/child').Child }>} StartRole
 */

/**
 * Starts the two stores.
 * @param {import('../lib/run').Run} run
 * @param {Record<string, string>} variables of every process
 * @returns {Promise<StartRole & { variables: Record<string, string>, pids: { redis: number, mongo: number } }>} starts a
 *   process, which is ready when it resolves
 */
async function startStores(run, variables) {
  const [redis, mongo] = [await choosePort(), await choosePort()];
  const redisServer = await startRedis(run, {
    binary: await redisBinary(run),
    port: redis,
    output: { file: run.path('redis.log') },
  });
  const output = { file: run.path('mongo.log') };
  const mongoServer = await startMongo(run, {
    binary: await mongoBinary(run),
    port: mongo,
    data: run.path('mongo'),
    output,
  });
  const variablesOf = {
    REDIS_URL: `redis://${LOOPBACK}:${redis}`,
    MONGODB_URI: mongoUri(mongo, 'bench'),
    JWT_SECRET: 'a-secret-that-only-this-machine-knows',
    METRICS_TOKEN,
  };
  /** @type {StartRole} */
  const start = async (role, { main = join(ROOT, 'dist/main.js'), variables: own = {} } = {}) => {
    const port = await choosePort();
    const env = {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      ROLE: role,
      HOST: LOOPBACK,
      PORT: String(port),
      ...variablesOf,
      HTTP_ALLOW_TARGETS: `${LOOPBACK}/32`,
      HTTP_RATE_LIMIT: '0',
      HTTP_STRANGER_RATE_LIMIT: '0',
      LOG_LEVEL: 'warn',
      ...variables,
      ...own,
    };
    const child = run.spawn(role, process.execPath, [...NODE_FLAGS, main], {
      env,
      output: { file: run.path(`${role}.log`) },
    });
    const url = `http://${LOOPBACK}:${port}`;
    await until(child, async () => ((await fetch(`${url}/health/ready`)).ok ? true : undefined));
    return { url, child };
  };
  const pids = { redis: redisServer.pid, mongo: mongoServer.pid };
  return Object.assign(start, { variables: variablesOf, pids });
}

/**
 * A new account's access token.
 * @param {string} url
 * @param {number} i
 * @returns {Promise<string>}
 */
async function register(url, i) {
  const body = JSON.stringify({ email: `user-${i}@example.com`, password: 'correct horse battery' });
  const call = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  await (await fetch(`${url}/auth/register`, call)).text();
  const tokens = /** @type {{ accessToken: string }} */ (
    await (await fetch(`${url}/auth/login`, call)).json()
  );
  return tokens.accessToken;
}

/**
 * CPU time that a process of the service has used, in seconds.
 * @param {string} url
 */
async function cpuSeconds(url) {
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
  const text = await (await fetch(`${url}/metrics`, { headers })).text();
  return Number(/^process_cpu_seconds_total (\S+)$/m.exec(text)?.[1]);
}

module.exports = { METRICS_TOKEN, cpuSeconds, register, startStores };
