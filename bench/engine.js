// @ts-check
/**
 * `npm run bench:engine`: compares Turnwise's engine with its peers, in one run, on one machine; see bench/README.md.
 * Load only Node's own modules before `install`.
 */
const { join, resolve } = require('node:path');
const { parseArgs } = require('node:util');
const { ROOT } = require('../scripts/lib/paths');
const { main } = require('../scripts/tools/main');
const { openPrograms } = require('./engine/programs');
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

/** Items in one call of the floor: as many as the workload's 64 at once make on 16 shards, and the maximum. */
const FLOOR_BATCHES = [4, 32];

/** @param {import('../scripts/lib/run').Run} run */
async function bench(run) {
  const { values } = parseArgs({ options: OPTIONS });
  const onRedis = await openPrograms(run);
  const dist = join(ROOT, 'dist');
  const [users, jobs, rounds, concurrency, shards] = [
    ...[values.users, values.jobs, values.rounds, values.concurrency, values.shards],
  ].map(Number);
  if (values.pending !== undefined) {
    const backlogs = [];
    for (const pending of values.pending)
      backlogs.push(await onRedis('engine/pending.js', { dist, pending: Number(pending), shards }));
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
      done.push(await onRedis('engine/round.js', { ...entry, ...size }));
  console.log(report(results));
  if (!values.floor) return;
  const floors = [];
  for (const batch of FLOOR_BATCHES) floors.push(await onRedis('engine/floor.js', { users, jobs, batch }));
  console.table(floors);
}

void main(bench);
