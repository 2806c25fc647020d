// @ts-check
/**
 * `npm run bench:start`: how long a process takes from its start until it is ready, with stores that are up.
 * `-- --against ../other/dist`: compared with another build. See ../README.md.
 */
const { resolve } = require('node:path');
const { parseArgs } = require('node:util');
const { main } = require('../../scripts/tools/main');
const { startStores } = require('../../scripts/tools/service');
const { cpuUs } = require('../accept/proc');
const { median } = require('../lib/figures');

const { values } = parseArgs({
  options: { against: { type: 'string' }, rounds: { type: 'string', default: '5' } },
});
const BUILDS = [
  { name: 'this build', main: undefined },
  ...(values.against === undefined ? [] : [{ name: 'against', main: resolve(values.against, 'main.js') }]),
];
const ROLES = /** @type {const} */ (['api', 'worker']);

/** @param {import('../../scripts/lib/run').Run} run */
async function bench(run) {
  const start = await startStores(run, {});
  await (await start('api')).child.end(); // creates the indexes
  /** @type {Map<string, { ms: number, cpuMs: number }[]>} */
  const starts = new Map();
  for (let round = 0; round < Number(values.rounds); round += 1)
    for (const role of ROLES)
      for (const { name, main } of BUILDS) {
        const since = performance.now();
        const { child } = await start(role, main === undefined ? {} : { main });
        const took = { ms: performance.now() - since, cpuMs: cpuUs(child.pid) / 1000 };
        await child.end();
        const key = `${role}, ${name}`;
        starts.set(key, [...(starts.get(key) ?? []), took]);
      }
  console.log('|                    | ms to ready | CPU ms |');
  console.log('| ------------------ | ----------: | -----: |');
  for (const [key, all] of starts) {
    const cells = [
      median(all.map(({ ms }) => ms)).toFixed(0),
      median(all.map(({ cpuMs }) => cpuMs)).toFixed(0),
    ];
    console.log(`| ${key.padEnd(18)} | ${cells[0]?.padStart(11)} | ${cells[1]?.padStart(6)} |`);
  }
}

void main(bench);
