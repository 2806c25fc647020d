// @ts-check
/**
 * `npm run bench:engine`: Turnwise's engine beside its peers, in one run, on one machine; see bench/README.md.
 * Only Node's own modules may be loaded before `install`.
 */
const { existsSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { parseArgs } = require('node:util');
const { redisBinary } = require('../scripts/lib/binaries');
const { build } = require('../scripts/lib/build');
const { install } = require('../scripts/lib/install');
const { interruption } = require('../scripts/lib/interruption');
const { ROOT } = require('../scripts/lib/paths');
const { choosePort } = require('../scripts/lib/ports');
const { startRedis } = require('../scripts/lib/redis');
const { Run } = require('../scripts/lib/run');
const { report } = require('./engine/report');

const OPTIONS = /** @type {const} */ ({
  users: { type: 'string', default: '500' },
  jobs: { type: 'string', default: '40' },
  rounds: { type: 'string', default: '3' },
  concurrency: { type: 'string', default: '64' },
  shards: { type: 'string', default: '16' },
  pending: { type: 'string', multiple: true },
  against: { type: 'string', multiple: true },
  alone: { type: 'boolean', default: false },
  floor: { type: 'boolean', default: false },
});

/** Items that a call of the floor takes: what the workload's 64 at once make on 16 shards, and the most. */
const FLOOR_BATCHES = [4, 32];

/** @param {Run} run */
async function main(run) {
  const { values } = parseArgs({ options: OPTIONS });
  await install(run);
  if (!existsSync(join(__dirname, 'node_modules', '.package-lock.json'))) {
    const args = ['ci', '--prefix', __dirname, '--ignore-scripts', '--no-audit', '--loglevel=error'];
    await run.tool('npm ci', 'npm', args);
  }
  await build(run);
  const binary = await redisBinary(run);
  /**
   * Runs a program of `engine/` on a fresh Redis.
   * @param {string} program
   * @param {object} options
   */
  const onRedis = async (program, options) => {
    const port = await choosePort();
    const redis = await startRedis(run, { binary, port, output: { file: run.path('redis.log') } });
    const args = [join(__dirname, 'engine', program), JSON.stringify({ ...options, port })];
    const child = run.spawn(program, process.execPath, args, { output: 'collect' });
    const { code } = await child.ended;
    await redis.end();
    if (code !== 0) throw new Error(`${program} ${args[1]} failed: ${child.output()}`);
    return JSON.parse(child.output());
  };

  const dist = join(ROOT, 'dist');
  const [users, jobs, rounds, concurrency, shards] = [
    ...[values.users, values.jobs, values.rounds, values.concurrency, values.shards],
  ].map(Number);
  if (values.pending !== undefined) {
    const backlogs = [];
    for (const pending of values.pending)
      backlogs.push(await onRedis('pending.js', { dist, pending: Number(pending), shards }));
    return console.table(backlogs);
  }

  const size = { users, jobs, concurrency, shards };
  const entries = [
    { name: 'Turnwise', engine: 'turnwise', dist },
    ...(values.against ?? []).map((folder) => ({ name: folder, engine: 'turnwise', dist: resolve(folder) })),
    ...(values.alone
      ? []
      : [
          { name: 'GroupMQ', engine: 'groupmq' },
          { name: 'Bull', engine: 'bull' },
        ]),
  ];
  const results = entries.map(({ name, ...entry }) => ({
    name,
    entry,
    /** @type {import('./engine/round').RoundFigures[]} */
    rounds: [],
  }));
  for (let round = 0; round < (rounds ?? 0); round++)
    for (const { entry, rounds: done } of results)
      done.push(await onRedis('round.js', { ...entry, ...size }));
  console.log(report(results));
  if (!values.floor) return;
  const floors = [];
  for (const batch of FLOOR_BATCHES) floors.push(await onRedis('floor.js', { users, jobs, batch }));
  console.table(floors);
}

(async () => {
  const run = await Run.open();
  const interrupted = interruption(() => run.kill());
  try {
    await Promise.race([main(run), interrupted]);
  } finally {
    await run.close();
  }
  process.exit(0);
})().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
