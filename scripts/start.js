// @ts-check
/**
 * `npm start`: dependencies, a real Redis and MongoDB, the build, and the service, on a machine that has none of
 * them; a Ctrl-C ends all of it, in order. Only Node's own modules may be loaded before `install`.
 */
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { appPort, appUrl, startApp } = require('./lib/app');
const { build } = require('./lib/build');
const { install } = require('./lib/install');
const { interruption } = require('./lib/interruption');
const { tryLock } = require('./lib/lock');
const { requireNode } = require('./lib/node-version');
const { ROOT, home, inHome, shown } = require('./lib/paths');
const { Run } = require('./lib/run');
const { mongoStore, redisStore } = require('./lib/stores');

/**
 * Brings everything up, and lasts until the service has ended for good.
 * @param {Run} run
 * @returns {Promise<number>} the exit code
 */
async function serve(run) {
  const port = await appPort();
  await install(run);
  const redis = await redisStore(run);
  const mongo = await mongoStore(run);
  await build(run);
  const app = await startApp(run, { port, redisUrl: redis.url, mongodbUri: mongo.url });
  void app.ready.then(() => {
    if (!run.closing) announce(appUrl(port), redis.note, mongo.note);
  });
  const { code } = await app.ended;
  return code ?? 1;
}

/**
 * @param {string} url
 * @param {string} redis
 * @param {string} mongo
 */
function announce(url, redis, mongo) {
  const account = '{"email":"me@example.com","password":"correct horse battery"}';
  console.log(`
Turnwise runs at ${url} (its API: ${url}/docs). Ctrl-C stops it.
  Redis    ${redis}
  MongoDB  ${mongo}
Make an account:
  curl ${url}/auth/register -H 'content-type: application/json' -d '${account}'
`);
}

async function main() {
  requireNode();
  process.stdout.on('error', () => undefined); // who reads along may leave; everything is still stopped in order
  if (existsSync(join(ROOT, '.env'))) process.loadEnvFile(join(ROOT, '.env'));
  const lock = tryLock(inHome('start.lock'));
  if ('heldBy' in lock) {
    console.error(
      `Turnwise already runs on ${shown(home())} (process ${lock.heldBy}). Stop it first, or set TURNWISE_HOME.`,
    );
    return 1;
  }
  /** @type {Run | undefined} */
  let run;
  const interrupted = interruption(() => run?.kill()).then(() => {
    console.log('Stopping ... (Ctrl-C again: at once)');
    return 0;
  });
  try {
    run = await Run.open();
    return await Promise.race([serve(run), interrupted]);
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
    return 1;
  } finally {
    await run?.close();
    lock.release();
  }
}

void main().then((code) => process.exit(code));
