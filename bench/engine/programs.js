// @ts-check
/**
 * Prepares the benchmarks of the engine: installs and builds what they need, and gives each program its own Redis.
 */
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { redisBinary } = require('../../scripts/lib/binaries');
const { build } = require('../../scripts/lib/build');
const { install } = require('../../scripts/lib/install');
const { choosePort } = require('../../scripts/lib/ports');
const { startRedis } = require('../../scripts/lib/redis');

const BENCH = join(__dirname, '..');

/**
 * @param {import('../../scripts/lib/run').Run} run
 * @returns {Promise<(program: string, options: object) => Promise<any>>} runs a program of `bench` on a fresh Redis, and
 *   returns the JSON that it prints
 */
async function openPrograms(run) {
  await install(run);
  if (!existsSync(join(BENCH, 'node_modules', '.package-lock.json'))) {
    const args = ['ci', '--prefix', BENCH, '--ignore-scripts', '--no-audit', '--loglevel=error'];
    await run.tool('npm ci', 'npm', args);
  }
  await build(run);
  const binary = await redisBinary(run);
  return async (program, options) => {
    const port = await choosePort();
    const redis = await startRedis(run, { binary, port, output: { file: run.path('redis.log') } });
    const args = [join(BENCH, program), JSON.stringify({ ...options, port })];
    const child = run.spawn(program, process.execPath, args, { output: 'collect' });
    const { code } = await child.ended;
    await redis.end();
    if (code !== 0) throw new Error(`${program} ${args[1]} failed: ${child.output()}`);
    return JSON.parse(child.output());
  };
}

module.exports = { openPrograms };
