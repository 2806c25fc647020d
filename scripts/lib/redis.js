// @ts-check
const { randomUUID } = require('node:crypto');
const { createConnection } = require('node:net');
const { LOOPBACK } = require('./ports');
const { until } = require('./until');

/**
 * Starts a Redis or Valkey server on this machine. It keeps nothing on disk (the queue is rebuilt from MongoDB) and
 * never evicts; a job's hash stays in its compact form. A replica writes the data it receives to a file,
 * which the next server of the folder must not load, so each server has its own file name.
 * @param {import('./run').Run} run
 * @param {{ binary: string, port: number, output: NonNullable<import('./child').SpawnOptions['output']>, args?: readonly string[], env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<import('./child').Child>} when it answers
 */
async function startRedis(run, { binary, port, output, args = [], env }) {
  const child = run.spawn(
    'Redis',
    binary,
    [
      ...['--bind', LOOPBACK, '--port', String(port), '--dir', run.folder],
      ...['--save', '', '--appendonly', 'no', '--dbfilename', `${randomUUID()}.rdb`],
      ...['--rdb-del-sync-files', 'yes', '--maxmemory-policy', 'noeviction'],
      ...['--hash-max-listpack-value', '1024', ...args],
    ],
    { output, outlives: true, ...(env ? { env } : {}) },
  );
  // Its own process id, so that a server that was faster to take the port is not mistaken for it.
  await until(child, async () => ((await processId(port)) === child.pid ? true : undefined));
  return child;
}

/**
 * @param {number} port
 * @returns {Promise<number | undefined>}
 */
function processId(port) {
  return new Promise((resolve, reject) => {
    const socket = createConnection(port, LOOPBACK, () => socket.write('INFO server\r\n'));
    let answer = '';
    socket.once('error', reject);
    socket.once('close', () => resolve(undefined));
    socket.setTimeout(1000, () => socket.destroy());
    socket.on('data', (chunk) => {
      answer += chunk.toString();
      const found = /process_id:(\d+)\r/.exec(answer);
      if (found === null) return;
      socket.destroy();
      resolve(Number(found[1]));
    });
  });
}

module.exports = { startRedis };
