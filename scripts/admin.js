// @ts-check
/**
 * `npm run admin -- promote EMAIL`: runs an operator's command (src/admin-command.ts) on the MongoDB that the environment
 * names, otherwise on that of the `npm start` running here. `shards` runs while no process serves, so the environment
 * must name both stores: those of `npm start` end with it.
 */
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { build } = require('./lib/build');
const { install } = require('./lib/install');
const { mongoUri } = require('./lib/mongo');
const { requireNode } = require('./lib/node-version');
const { BASE, IS_PACKAGE, ROOT, START, home } = require('./lib/paths');
const { isListening } = require('./lib/ports');
const { Run } = require('./lib/run');
const { lastPort } = require('./lib/stores');

const PROGRAM = join(ROOT, 'dist', 'admin-command.js');
/** What a person types, for the usage text. */
const CALLED = IS_PACKAGE ? 'npx turnwise admin' : 'npm run admin --';

/** @throws if none is found */
async function mongodb() {
  if (process.env.MONGODB_URI) return process.env.MONGODB_URI;
  const port = lastPort('mongo');
  if (port > 0 && (await isListening(port))) return mongoUri(port, 'turnwise');
  throw new Error(`No MongoDB is running here: \`${START}\` first, or set MONGODB_URI.`);
}

/** A running service may be using the existing build. */
async function ensureBuilt() {
  if (existsSync(PROGRAM)) return;
  const run = await Run.open();
  try {
    await install(run);
    await build(run, { output: 'collect' });
  } finally {
    await run.close();
  }
}

async function main() {
  requireNode();
  if (existsSync(join(BASE, '.env'))) process.loadEnvFile(join(BASE, '.env'));
  if (process.argv[2] === 'shards' && !(process.env.MONGODB_URI && process.env.REDIS_URL))
    throw new Error('`shards` runs while no process does: set MONGODB_URI and REDIS_URL.');
  const args = process.argv.slice(2);
  const env = {
    ...process.env,
    MONGODB_URI: args.length > 0 ? await mongodb() : '', // its usage needs none
    REDIS_URL: process.env.REDIS_URL || 'redis://127.0.0.1', // no other command uses it
    TURNWISE_HOME: home(),
  };
  await ensureBuilt();
  const options = { stdio: /** @type {const} */ ('inherit'), env, argv0: CALLED };
  return spawnSync(process.execPath, [PROGRAM, ...args], options).status ?? 1;
}

void main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error.message);
    process.exit(1);
  },
);
