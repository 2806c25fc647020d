// @ts-check
/**
 * `npm run chaos -- --minutes 30 --seed 7`: tests the promises under faults, for as long as you like
 * (test/e2e/chaos.spec.ts). `--seeds 5` runs this many seeds, one after the other. `--without RULE` removes one rule
 * from the application, and `--controls` each in turn: then a run must find a violation. `--faults 'A,B'` selects
 * faults by name. `--old FOLDER`: processes switch to the build of another version and back. The last line is the sum
 * of all runs in JSON. See docs/chaos.md.
 */
const { spawnSync } = require('node:child_process');
const { existsSync, mkdtempSync, readFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join, resolve } = require('node:path');
const { parseArgs } = require('node:util');

require('./tools/typescript');
const { CONTROLS } = require('../test/chaos/controls');

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(Date.now() % 1e6) },
    seeds: { type: 'string', default: '1' },
    without: { type: 'string' },
    controls: { type: 'boolean', default: false },
    faults: { type: 'string' },
    old: { type: 'string' },
  },
});

const reports = mkdtempSync(join(tmpdir(), 'turnwise-chaos-'));

/**
 * @param {number} seed
 * @param {string | undefined} without
 */
function run(seed, without) {
  const report = join(reports, [seed, ...(without ? [without] : [])].join('-'));
  const jest = join(__dirname, '../node_modules/jest/bin/jest.js');
  const { status } = spawnSync(
    process.execPath,
    [jest, '--selectProjects', 'e2e', '--testPathPatterns', 'e2e/chaos'],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        CHAOS_MINUTES: values.minutes,
        CHAOS_SEED: String(seed),
        CHAOS_REPORT: report,
        ...(without ? { CHAOS_WITHOUT: without } : {}),
        ...(values.faults ? { CHAOS_FAULTS: values.faults } : {}),
        ...(values.old ? { CHAOS_OLD: resolve(values.old) } : {}),
      },
    },
  );
  const figures = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { seed, without };
  console.log(JSON.stringify({ passed: status === 0, ...figures, history: `${report}.history` }));
  return { passed: status === 0, ...figures };
}

const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => Number(values.seed) + i);
const rules = values.controls ? Object.keys(CONTROLS) : [values.without];
const runs = rules.flatMap((without) => seeds.map((seed) => run(seed, without)));

/** @param {string} name */
const sum = (name) => runs.reduce((total, figures) => total + (figures[name] ?? 0), 0);
const counted = ['promised', 'refused', 'unknown', 'delivered', 'faults', 'recoveries', 'violations'];
const failed = runs.filter(({ passed }) => !passed);
console.log(
  JSON.stringify({
    runs: runs.length,
    passed: runs.length - failed.length,
    minutes: runs.length * Number(values.minutes),
    ...Object.fromEntries(counted.map((name) => [name, sum(name)])),
    longestOutageMs: Math.max(0, ...runs.map(({ longestOutageMs = 0 }) => longestOutageMs)),
    failed: failed.map(({ seed, without }) => (without ? { seed, without } : { seed })),
  }),
);
process.exit(failed.length === 0 ? 0 : 1);
