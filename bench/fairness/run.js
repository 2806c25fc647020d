// @ts-check
/**
 * `npm run bench:fairness`: how long newcomers wait where users with backlogs keep every slot busy; see bench/README.md.
 * `--against ../other/dist` adds another build of Turnwise.
 */
const { join, resolve } = require('node:path');
const { parseArgs } = require('node:util');
const { ROOT } = require('../../scripts/lib/paths');
const { main } = require('../../scripts/tools/main');
const { openPrograms } = require('../engine/programs');
const { quantile } = require('../lib/figures');

const SHARDS = 16;

/** @type {Record<string, import('./round').Scene>} */
const SCENES = {
  '32 slots, 64 users with backlogs': {
    ...{ slots: 32, users: 64, backlog: 300, workMs: 10, newcomers: 48, everyMs: 25 },
  },
  'one slot, one flood': { slots: 1, users: 1, backlog: 4000, workMs: 2, newcomers: 20, everyMs: 100 },
  '32 slots, 10,000 users with backlogs': {
    ...{ slots: 32, users: 10_000, backlog: 5, workMs: 1, newcomers: 20, everyMs: 25 },
  },
};
/** Bull needs one connection per user. */
const MOST_CONNECTIONS = 1_000;

/** @param {import('../../scripts/lib/run').Run} run */
async function bench(run) {
  const { values } = parseArgs({ options: { against: { type: 'string', multiple: true } } });
  const onRedis = await openPrograms(run);
  const entries = [
    { name: 'Turnwise', engine: 'turnwise', dist: join(ROOT, 'dist') },
    ...(values.against ?? []).map((folder) => ({ name: folder, engine: 'turnwise', dist: resolve(folder) })),
    { name: 'GroupMQ', engine: 'groupmq' },
    { name: 'Bull, a processor a queue', engine: 'bull' },
  ];
  for (const [title, scene] of Object.entries(SCENES)) {
    /** @type {{ name: string, starts: number, ms: number }[]} */
    const done = [];
    console.log(`\n${title}:\n`);
    console.log('| | starts before theirs, p50 | p99 | ms to start, p50 | p99 | starts /s |');
    console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
    for (const { name, ...entry } of entries) {
      if (entry.engine === 'bull' && scene.users > MOST_CONNECTIONS) continue;
      /** @type {import('./round').Waits} */
      const { starts, ms, perSecond } = await onRedis('fairness/round.js', {
        ...entry,
        shards: SHARDS,
        scene,
      });
      const figures = [
        quantile(starts, 0.5),
        quantile(starts, 0.99),
        quantile(ms, 0.5),
        quantile(ms, 0.99),
        perSecond,
      ];
      console.log(
        `| ${name} | ${figures.map((each) => Math.round(each).toLocaleString('en')).join(' | ')} |`,
      );
      done.push({ name, starts: quantile(starts, 0.99), ms: quantile(ms, 0.99) });
    }
    const [own, ...others] = done;
    for (const { name, starts, ms } of others)
      console.log(
        `\n${name}: ${(starts / (own?.starts || 1)).toFixed(2)} times the starts and ` +
          `${(ms / (own?.ms || 1)).toFixed(2)} times the time of Turnwise, at p99.`,
      );
  }
}

void main(bench);
