// @ts-check
const { mkdirSync } = require('node:fs');
const { LOOPBACK, isListening } = require('./ports');
const { until } = require('./until');

const REPLICA_SET = 'rs0';
const NOT_YET_INITIALIZED = 94;

/**
 * Starts a MongoDB server on this machine, as a replica set of one member: majority writes and transactions work as
 * they do in production.
 * @param {import('./run').Run} run
 * @param {{ binary: string, port: number, data: string, output: NonNullable<import('./child').SpawnOptions['output']>, testCommands?: boolean }} options
 *   `data`: the folder of its files; it may come from a start on another port
 *   `testCommands`: whether a test can make it fail, by `configureFailPoint`
 * @returns {Promise<import('./child').Child>} when it is the primary
 */
async function startMongo(run, { binary, port, data, output, testCommands = false }) {
  const child = await startMember(run, { binary, port, data, output, testCommands });
  const { MongoClient } = require('mongoose').mongo; // may not be installed yet when this file is loaded
  const client = new MongoClient(`mongodb://${LOOPBACK}:${port}/?directConnection=true`);
  try {
    await until(child, () => isPrimary(client.db('admin'), child.pid, `${LOOPBACK}:${port}`));
  } finally {
    await client.close();
  }
  return child;
}

/**
 * Starts a member of a replica set.
 * @param {import('./run').Run} run
 * @param {{ binary: string, port: number, data: string, output: NonNullable<import('./child').SpawnOptions['output']>, env?: NodeJS.ProcessEnv, keyFile?: string, testCommands?: boolean }} options
 *   `keyFile`: if set, it requires users and passwords; `testCommands`: as of `startMongo`
 * @returns {Promise<import('./child').Child>} when it listens
 */
async function startMember(run, { binary, port, data, output, env, keyFile, testCommands }) {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const child = run.spawn(
    'MongoDB',
    binary,
    [
      ...['--bind_ip', LOOPBACK, '--port', String(port), '--dbpath', data, '--nounixsocket'],
      ...(keyFile ? ['--keyFile', keyFile] : []),
      ...(testCommands ? ['--setParameter', 'enableTestCommands=1'] : []),
      ...['--replSet', REPLICA_SET, '--oplogSize', '128', '--wiredTigerCacheSizeGB', '0.5'],
      // No second member takes over, so there is nothing to wait for at the end.
      ...['--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=100'],
      ...['--setParameter', 'diagnosticDataCollectionEnabled=false'],
    ],
    { output, graceMs: 15_000, outlives: true, ...(env ? { env } : {}) },
  );
  // Uses the driver only once a connection is accepted: after a refused connection its client may never work, nor end.
  await until(child, async () => ((await isListening(port)) ? true : undefined));
  return child;
}

/**
 * Whether it is the primary; makes it one.
 * @param {import('mongoose').mongo.Db} admin
 * @param {number} pid so that a server that was faster to take the port is not mistaken for it
 * @param {string} host
 * @returns {Promise<true | undefined>}
 */
async function isPrimary(admin, pid, host) {
  if ((await admin.command({ serverStatus: 1 })).pid !== pid) return undefined;
  await setMember(admin, host);
  return (await admin.command({ hello: 1 })).isWritablePrimary ? true : undefined;
}

/**
 * Makes `host` the one member of the replica set.
 * @param {import('mongoose').mongo.Db} admin
 * @param {string} host
 */
async function setMember(admin, host) {
  const config = await currentConfig(admin);
  if (config === undefined) {
    await admin.command({ replSetInitiate: { _id: REPLICA_SET, members: [{ _id: 0, host }] } });
  } else if (config.members[0].host !== host) {
    const moved = { ...config, version: config.version + 1, members: [{ ...config.members[0], host }] };
    await admin.command({ replSetReconfig: moved, force: true });
  }
}

/** @param {import('mongoose').mongo.Db} admin */
async function currentConfig(admin) {
  try {
    return (await admin.command({ replSetGetConfig: 1 })).config;
  } catch (error) {
    if (/** @type {{ code?: number }} */ (error).code === NOT_YET_INITIALIZED) return undefined;
    throw error;
  }
}

/**
 * The URI of a server of `startMongo`.
 * @param {number} port
 * @param {string} [database]
 */
const mongoUri = (port, database = '') =>
  `mongodb://${LOOPBACK}:${port}/${database}?replicaSet=${REPLICA_SET}`;

module.exports = { REPLICA_SET, mongoUri, startMember, startMongo };
