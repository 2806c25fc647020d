// @ts-check
/** The real Redis and MongoDB of `npm start`: what the environment names, otherwise its own, which it supervises. */
const { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { mongoBinary, redisBinary } = require('./binaries');
const { mongoUri, startMongo } = require('./mongo');
const { inHome, shown } = require('./paths');
const { LOOPBACK, choosePort } = require('./ports');
const { startRedis } = require('./redis');
const { Supervisor } = require('./supervisor');

/** @typedef {{ url: string, note: string, isOwn: boolean }} Store `note`: for people, without secrets */

/**
 * @param {import('./run').Run} run
 * @returns {Promise<Store>}
 */
async function redisStore(run) {
  const named = process.env.REDIS_URL;
  if (named) return { url: named, note: 'as REDIS_URL says', isOwn: false };
  const binary = await redisBinary(run);
  const port = await preferredPort('redis');
  const log = newLog('redis');
  await keepRunning(run, log, () => startRedis(run, { binary, port, output: { file: log } }));
  const url = `redis://${LOOPBACK}:${port}`;
  return { url, note: `${url} (log: ${shown(log)})`, isOwn: true };
}

/**
 * @param {import('./run').Run} run
 * @param {Promise<void>} installed MongoDB's driver is then there, to set up the replica set
 * @returns {Promise<Store>}
 */
async function mongoStore(run, installed) {
  const named = process.env.MONGODB_URI;
  if (named) return { url: named, note: 'as MONGODB_URI says', isOwn: false };
  const binary = await mongoBinary(run);
  await installed;
  const port = await preferredPort('mongo');
  const log = newLog('mongo');
  const data = inHome('data', 'mongo');
  await keepRunning(run, log, () => startMongo(run, { binary, port, data, output: { file: log } }));
  const url = mongoUri(port, 'turnwise');
  return { url, note: `${url} (data: ${shown(data)}, log: ${shown(log)})`, isOwn: true };
}

/**
 * @param {import('./run').Run} run
 * @param {string} log
 * @param {() => Promise<import('./child').Child>} launch
 */
async function keepRunning(run, log, launch) {
  try {
    await new Supervisor(run, launch, { judge: () => 'later' }).start();
  } catch (error) {
    const tail = existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(-8).join('\n') : '';
    throw new Error(`${/** @type {Error} */ (error).message} The end of ${shown(log)}:\n${tail}`, {
      cause: error,
    });
  }
}

/** @param {string} name */
const portFile = (name) => inHome('data', `${name}-port`);

/**
 * The port of the last start of a store; 0 if there was none.
 * @param {string} name
 */
function lastPort(name) {
  const file = portFile(name);
  const last = existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : 0;
  return last > 0 && last < 65536 ? last : 0;
}

/**
 * The port of the last start, if it is free, so that a saved connection of the developer keeps working.
 * @param {string} name
 */
async function preferredPort(name) {
  const port = await choosePort(lastPort(name));
  mkdirSync(inHome('data'), { recursive: true, mode: 0o700 });
  writeFileSync(portFile(name), String(port));
  return port;
}

/** @param {string} name */
function newLog(name) {
  mkdirSync(inHome('logs'), { recursive: true, mode: 0o700 });
  const log = inHome('logs', `${name}.log`);
  rmSync(log, { force: true });
  return log;
}

module.exports = { lastPort, mongoStore, redisStore };
