// @ts-check
/** Draws mutants of the TypeScript, turns each on, and runs the specs that cover it until one fails. */
const { createHash } = require('node:crypto');
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { mongoBinary } = require('../../lib/binaries');
const { mongoUri, startMongo } = require('../../lib/mongo');
const { home, ROOT } = require('../../lib/paths');
const { choosePort } = require('../../lib/ports');
const { coverage, specsOf } = require('./coverage');
const { SANDBOX, sandbox, tool } = require('./sandbox');

/**
 * @typedef {import('../../lib/run').Run} Run
 * @typedef {import('./sandbox').Mutant} Mutant
 * @typedef {'found' | 'lives' | 'not run' | 'undecided' | 'equivalent'} Fate `not run`: no spec covers it;
 *   `undecided`: no spec failed in the time, and more are left
 */

/** Mutants without a visible effect, each with the reason. */
const EQUIVALENTS = join(ROOT, 'test/equivalent-mutants.json');

/** No more than two cores can be relied on. */
const AT_ONCE = 2;

/** A spec that takes this much longer than without a mutant hangs, which is a failure. */
const HANGS = { factor: 5, ms: 60_000 };

/** Jest runs what failed last first; here the specs have an order. */
const IN_ORDER = `
const Sequencer = require('@jest/test-sequencer').default;
const order = process.env.MUTANT_SPECS.split(',');
module.exports = class extends Sequencer {
  sort(tests) { return [...tests].sort((one, other) => order.indexOf(one.path) - order.indexOf(other.path)); }
};`;

/**
 * @param {Run} run
 * @param {object} options
 * @param {number} options.sample how many mutants
 * @param {number} options.seed the same seed draws the same mutants of the same sources
 * @param {number} options.seconds of specs for each mutant, the most special ones first
 * @param {string} options.only mutants, and specs, of files whose path has this in it: a room
 * @returns {Promise<number>} the exit code: 0 if every mutant is found, or known as equivalent
 */
async function tryMutants(run, { sample, seed, seconds, only }) {
  process.env.TURNWISE_HOME = home(); // the sandbox has no binaries of its own
  const { mutants } = await sandbox();
  const drawn = draw(
    mutants.filter(({ file }) => file.includes(only)),
    sample,
    seed,
  );
  await require(join(SANDBOX, 'scripts/lib/build')).build(run); // or the first specs seem to hang meanwhile
  await startStore(run);
  const seen = await coverage(run, mutants, drawn, only);
  const fates = await tryEach(run, drawn, (mutant) => specsOf(seen, mutant), seconds);
  console.log(`${score(fates)}, of ${mutants.length} mutants`);
  return fates.every((fate) => fate === 'found' || fate === 'equivalent') ? 0 : 1;
}

/** One MongoDB for all of them; a Redis is each spec's own. @param {Run} run */
async function startStore(run) {
  const port = await choosePort();
  const output = { file: run.path('mongo.log') };
  await startMongo(run, { binary: await mongoBinary(run), port, data: run.path('mongo'), output });
  process.env.TEST_MONGODB_URI = mongoUri(port);
}

/** @typedef {ReturnType<typeof specsOf>} Specs */
/** @param {Run} run @param {readonly Mutant[]} drawn @param {(mutant: Mutant) => Specs} specs @param {number} seconds */
async function tryEach(run, drawn, specs, seconds) {
  writeFileSync(join(SANDBOX, 'in-order.js'), IN_ORDER);
  const equivalents = JSON.parse(readFileSync(EQUIVALENTS, 'utf8'));
  const queue = [...drawn];
  /** @type {Fate[]} */
  const fates = [];
  const trying = async () => {
    for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
      const { fate, by = '' } = isEquivalent(mutant, equivalents)
        ? { fate: /** @type {const} */ ('equivalent') }
        : await fateOf(run, mutant, specs(mutant), seconds);
      console.log(`${fate.padEnd(10)} ${shown(mutant)} ${by}`);
      fates.push(fate);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, trying));
  return fates;
}

/** @param {Run} run @param {Mutant} mutant @param {Specs} specs @param {number} seconds @returns {Promise<{ fate: Fate, by?: string }>} */
async function fateOf(run, { id }, specs, seconds) {
  if (specs.length === 0) return { fate: 'not run' };
  let sum = 0;
  const tried = specs.filter(([, spec], i) => (sum += spec.seconds) <= seconds || i === 0);
  const turnOn = run.path(`mutant-${id}.js`);
  writeFileSync(turnOn, `process.env.__STRYKER_ACTIVE_MUTANT__ = '${id}';`);
  const paths = tried.map(([spec]) => join(SANDBOX, spec));
  const args = [
    tool('jest/bin/jest.js'),
    '--config',
    join(SANDBOX, 'jest.config.js'),
    `--testSequencer=${join(SANDBOX, 'in-order.js')}`,
    '--ci',
    '--bail',
    '--runInBand',
    '--runTestsByPath',
    ...paths,
  ];
  // NODE_OPTIONS: also of the processes that specs start.
  const env = { ...process.env, NODE_OPTIONS: `--require ${turnOn}`, MUTANT_SPECS: paths.join() };
  const jest = run.spawn('jest', process.execPath, args, { output: 'collect', env });
  let hangs = false;
  const allowed = tried.reduce((ms, [, spec]) => ms + spec.seconds * 1000 * HANGS.factor, HANGS.ms);
  const tooLong = setTimeout(() => {
    hangs = true;
    void jest.end();
  }, allowed);
  const { code } = await jest.ended;
  clearTimeout(tooLong);
  if (hangs) return { fate: 'found', by: 'a spec hangs' };
  if (code !== 0) return { fate: 'found', by: firstFailure(jest.output()) };
  return { fate: tried.length < specs.length ? 'undecided' : 'lives' };
}

/**
 * The test that failed, or the error that ended the process of the specs, so that a reader can check that the mutant
 * caused it.
 * @param {string} output of Jest @throws if neither is there
 */
function firstFailure(output) {
  const [, spec] = /^FAIL .*?((?:test|examples)\/\S+)/m.exec(output) ?? [];
  const [, uncaught] = /^(\w+: .+)\n(?:.*\n)*Node\.js v/m.exec(output) ?? [];
  if (spec === undefined && uncaught !== undefined) return `by an uncaught ${uncaught}`;
  if (spec === undefined) throw new Error(`Jest has failed: ${output.slice(-2000)}`);
  return `by ${spec}: ${/● (.+)/.exec(output)?.[1] ?? ''}`;
}

/** A mutant that could not be tried to the end in time counts as one that lives. @param {readonly Fate[]} fates */
function score(fates) {
  const count = (/** @type {Fate} */ fate) => fates.filter((one) => one === fate).length;
  const judged = fates.length - count('equivalent');
  const rest = /** @type {const} */ (['lives', 'not run', 'undecided', 'equivalent'])
    .map((fate) => `${count(fate)} ${fate}`)
    .join(', ');
  return `${count('found')} of ${judged} found (${Math.round((100 * count('found')) / judged)} %; ${rest})`;
}

/** @param {Mutant} mutant @param {{ file: string, line: string, original: string, replacement: string }[]} equivalents `line`: its text */
function isEquivalent(mutant, equivalents) {
  const lineOf = () => readFileSync(join(ROOT, mutant.file), 'utf8').split('\n')[mutant.line - 1]?.trim();
  return equivalents.some(
    ({ file, line, original, replacement }) =>
      file === mutant.file &&
      original === mutant.original &&
      replacement === mutant.replacement &&
      line === lineOf(),
  );
}

/** @param {Mutant} mutant */
function shown({ id, file, line, original, replacement }) {
  const short = (/** @type {string} */ text) => text.replaceAll(/\s+/g, ' ').slice(0, 70);
  return `${file}:${line} ${short(original)} -> ${short(replacement)} (${id})`;
}

/**
 * Each mutant has its own place in the draw, so that a change of one file leaves the draw of the others as it is.
 * @param {readonly Mutant[]} all @param {number} count @param {number} seed
 */
function draw(all, count, seed) {
  const place = (/** @type {Mutant} */ { file, nth }) =>
    createHash('sha256').update(`${seed} ${file} ${nth}`).digest('hex');
  const placed = all.map((mutant) => ({ mutant, at: place(mutant) }));
  placed.sort((one, other) => (one.at < other.at ? -1 : 1));
  return placed.slice(0, count).map(({ mutant }) => mutant);
}

module.exports = { draw, tryMutants };
