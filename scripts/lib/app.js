// @ts-check
/** The service itself, as `npm start` runs it. */
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { NODE_FLAGS } = require('./node-flags');
const { ROOT, START, home } = require('./paths');
const { LOOPBACK, choosePort, freePort } = require('./ports');
const { Supervisor } = require('./supervisor');

const DEFAULT_PORT = 8085;
const DEFAULT_GRACE_MS = 30_000;
/** Time to end beyond the drain and the handlers' own grace. */
const EXTRA_GRACE_MS = 22_000;
const REPLACES_ITSELF = 75;
const WRONG_CONFIGURATION = 78;
/** How many failed first starts are allowed before the service is given up. */
const MOST_FIRST_STARTS = 5;

/**
 * The port that the service will listen on.
 * @throws if another program has it
 */
async function appPort() {
  const wanted = process.env.PORT ? Number(process.env.PORT) : DEFAULT_PORT;
  if (wanted === 0) return choosePort();
  // The service reports an invalid port, together with all other errors of its configuration.
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65535) return wanted;
  if ((await freePort(wanted, process.env.HOST || '0.0.0.0')) === undefined)
    throw new Error(
      `Port ${wanted} is taken by another program. Choose another one: PORT=${wanted + 1} ${START}`,
    );
  return wanted;
}

/** @param {number} port */
function appUrl(port) {
  const host = process.env.HOST || '0.0.0.0';
  const reachable = host === '0.0.0.0' || host === '::' ? LOOPBACK : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

/**
 * Starts the service and keeps it running. `restart` ends it, and starts it again at once, also while it waits to be
 * started.
 * @param {import('./run').Run} run
 * @param {{ port: number, redisUrl: string, mongodbUri: string }} settings
 */
async function startApp(run, { port, redisUrl, mongodbUri }) {
  const waits = [process.env.SHUTDOWN_GRACE_MS || DEFAULT_GRACE_MS, process.env.DRAIN_MS || 0].map(Number);
  const graceMs = waits.reduce((sum, ms) => sum + (Number.isFinite(ms) ? ms : 0), EXTRA_GRACE_MS);
  const env = {
    ...process.env,
    NODE_ENV: process.env.NODE_ENV || 'development',
    PORT: String(Number.isNaN(port) ? process.env.PORT : port),
    REDIS_URL: redisUrl,
    MONGODB_URI: mongodbUri,
    TURNWISE_HOME: home(),
  };
  const { prettyLog } = require('./pretty-log'); // installed by now
  const main = join(ROOT, 'dist', 'main.js');
  // A terminal shows a person's lines; anything else, such as a collector of logs, gets the JSON.
  const output = process.stdout.isTTY ? { to: prettyLog(process.stdout) } : 'inherit';
  let wasReady = false;
  let isRestarting = false;
  /** @type {import('./child').Child | undefined} */
  let child;
  let wake = () => {};
  const supervisor = new Supervisor(
    run,
    async () => {
      isRestarting = false;
      const args = [...NODE_FLAGS, main];
      return (child = run.spawn('Turnwise', process.execPath, args, { env, graceMs, output }));
    },
    {
      wait: (ms) => Promise.race([sleep(ms), new Promise((resolve) => (wake = () => resolve(undefined)))]),
      judge: ({ code }, failures) => {
        if (isRestarting) return 'at once';
        if (code === 0 || code === WRONG_CONFIGURATION) return 'never';
        if (!wasReady && failures >= MOST_FIRST_STARTS) return 'never';
        return code === REPLACES_ITSELF ? 'at once' : 'later';
      },
    },
  );
  await supervisor.start();
  const ready = untilReady(run, appUrl(port)).then(() => (wasReady = true));
  const restart = () => {
    isRestarting = true;
    wake();
    void child?.end();
  };
  return { ready, ended: supervisor.ended, restart };
}

/**
 * @param {import('./run').Run} run
 * @param {string} url
 */
async function untilReady(run, url) {
  while (!run.closing) {
    const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2000) }).catch(
      () => undefined,
    );
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await sleep(100);
  }
}

module.exports = { appPort, appUrl, startApp };
