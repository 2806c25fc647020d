// @ts-check
/**
 * `npm start`, and `npx turnwise` of the package: dependencies, a real Redis and MongoDB, the build, and the service, on a
 * machine that has none of them; a Ctrl-C ends all of it, in order. With `--watch` (`npm run start:dev`) the service starts
 * again when a file of `src` is saved. Only Node's own modules may be loaded before `install`.
 */
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { appPort, appUrl, startApp } = require('./lib/app');
const { build } = require('./lib/build');
const { firstAccount } = require('./lib/first-account');
const { install } = require('./lib/install');
const { interruption } = require('./lib/interruption');
const { tryLock } = require('./lib/lock');
const { requireNode } = require('./lib/node-version');
const { BASE, home, inHome, shown } = require('./lib/paths');
const { Run } = require('./lib/run');
const { mongoStore, redisStore } = require('./lib/stores');

/**
 * Starts everything, and resolves when the service has ended and will not be started again.
 * @param {Run} run
 * @returns {Promise<number>} the exit code
 */
async function serve(run) {
  const port = await appPort();
  const installed = install(run); // the downloads go on meanwhile
  const [redis, mongo] = await Promise.all([
    redisStore(run),
    mongoStore(run, installed),
    installed.then(() => build(run)),
  ]);
  const app = await startApp(run, { port, redisUrl: redis.url, mongodbUri: mongo.url });
  // Not in the package, which has no sources.
  if (process.argv.includes('--watch')) require('./tools/dev').onSave(app.restart);
  void app.ready.then(() => (run.closing ? undefined : announce(run, appUrl(port), redis, mongo)));
  const { code } = await app.ended;
  return code ?? 1;
}

/**
 * @param {Run} run
 * @param {string} url
 * @param {import('./lib/stores').Store} redis
 * @param {import('./lib/stores').Store} mongo
 */
async function announce(run, url, redis, mongo) {
  const first = await firstCall(url, mongo).catch((error) => `(No account was created: ${error.message})`);
  if (run.closing) return;
  console.log(`
Turnwise runs at ${url}  (API: ${url}/docs). Ctrl-C stops it.
  Redis    ${redis.note}
  MongoDB  ${mongo.note}

${first}
`);
}

/**
 * What to try first. On its own MongoDB there is an account for it.
 * @param {string} url
 * @param {import('./lib/stores').Store} mongo
 */
async function firstCall(url, mongo) {
  const json = "-H 'content-type: application/json'";
  if (!mongo.isOwn)
    return `Create an account:
  curl ${url}/auth/register ${json} -d '{"email":"you@example.com","password":"at least 12 characters"}'`;
  const { email, password, key } = await firstAccount({ url, mongodbUri: mongo.url });
  return `Log in at ${url} as ${email}, password ${password}  (an admin; kept in ${shown(inHome('account'))})
Your first request, and its result (the key is in ${shown(inHome('api-key'))}):
  curl ${url}/enqueue -H 'authorization: Bearer ${key}' ${json} -H 'prefer: wait=10' \\
    -d '{"type":"echo","payload":{"hello":"world"}}'`;
}

async function main() {
  requireNode();
  process.stdout.on('error', () => undefined); // the reader may go away; everything is still stopped in order
  if (existsSync(join(BASE, '.env'))) process.loadEnvFile(join(BASE, '.env'));
  process.env.NODE_COMPILE_CACHE ??= inHome('compile-cache'); // from Node 22 on: build and service start sooner
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
