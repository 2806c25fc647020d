// @ts-check
/** Draws mutants of the TypeScript, turns each on, and runs specs that come by it until one fails. */
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { mongoBinary } = require('../binaries');
const { mongoUri, startMongo } = require('../mongo');
const { home, ROOT } = require('../paths');
const { choosePort } = require('../ports');
const { Run } = require('../run');
const { coverage } = require('./coverage');
const { SANDBOX, sandbox, tool } = require('./sandbox');

/** @typedef {import('./sandbox').Mutant} Mutant */
/** @typedef {import('./coverage').Coverage} Coverage */

/** Mutants that change nothing that anybody can see, each with the reason. */
const EQUIVALENTS = join(ROOT, 'test/equivalent-mutants.json');

/** Two cores are all that may be counted on. */
const AT_ONCE = 2;

/** A spec that takes so much longer than without a mutant hangs, which is a failure. */
const HANGS = { factor: 5, ms: 60_000 };

/**
 * @param {object} options
 * @param {number} options.sample how many mutants
 * @param {number} options.seed the same seed draws the same mutants of the same sources
 * @param {number} options.seconds of specs for each mutant, the most special ones first
 * @param {string} options.only mutants, and specs, of files whose path has this in it: a room
 * @returns {Promise<number>} the exit code: 0 if no mutant lives that is not known as equivalent
 */
async function tryMutants({ sample, seed, seconds, only }) {
  process.env.TURNWISE_HOME = home(); // the sandbox has no binaries of its own
  const run = await Run.open();
  try {
    const { mutants } = await sandbox();
    await startStore(run);
    const seen = await coverage(run, only);
    const drawn = draw(
      mutants.filter(({ file }) => file.includes(only)),
      sample,
      seed,
    );
    const equivalents = JSON.parse(readFileSync(EQUIVALENTS, 'utf8'));
    const lives = [];
    const queue = [...drawn];
    const trying = async () => {
      for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
        const fate = isEquivalent(mutant, equivalents)
          ? 'equivalent'
          : await fateOf(run, mutant, specsOf(mutant, seen, seconds));
        console.log(`${fate.padEnd(10)} ${shown(mutant)}`);
        if (fate !== 'found' && fate !== 'equivalent') lives.push(mutant);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, trying));
    const judged = drawn.filter((mutant) => !isEquivalent(mutant, equivalents)).length;
    const percent = Math.round((100 * (judged - lives.length)) / judged);
    console.log(`${judged - lives.length} of ${judged} found (${percent} %), of ${mutants.length} mutants`);
    return lives.length === 0 ? 0 : 1;
  } finally {
    await run.close();
  }
}

/** One MongoDB for all of them; a Redis is each spec's own. @param {Run} run */
async function startStore(run) {
  const port = await choosePort();
  const output = { file: run.path('mongo.log') };
  await startMongo(run, { binary: await mongoBinary(run), port, data: run.path('mongo'), output });
  process.env.TEST_MONGODB_URI = mongoUri(port);
}

/**
 * The specs that come by a mutant and passed without it, those that come by the fewest others first.
 * @param {Mutant} mutant @param {Coverage} seen @param {number} seconds
 */
function specsOf({ id }, seen, seconds) {
  const specs = [...seen].filter(([, { passed, mutants }]) => passed && mutants.includes(id));
  specs.sort(([, one], [, other]) => one.mutants.length - other.mutants.length);
  let sum = 0;
  return specs.filter(([, spec], i) => (sum += spec.seconds) <= seconds || i === 0);
}

/** @param {Run} run @param {Mutant} mutant @param {ReturnType<typeof specsOf>} specs @returns {Promise<'found' | 'lives' | 'not run'>} */
async function fateOf(run, { id }, specs) {
  if (specs.length === 0) return 'not run';
  const turnOn = run.path(`mutant-${id}.js`);
  writeFileSync(turnOn, `process.env.__STRYKER_ACTIVE_MUTANT__ = '${id}';`);
  const env = { ...process.env, NODE_OPTIONS: `--require ${turnOn}` }; // also of the processes that specs start
  const args = [
    tool('jest/bin/jest.js'),
    '--config',
    join(SANDBOX, 'jest.config.js'),
    '--ci',
    '--bail',
    '--runInBand',
  ];
  const paths = specs.map(([spec]) => join(SANDBOX, spec));
  const jest = run.spawn('jest', process.execPath, [...args, '--runTestsByPath', ...paths], {
    output: 'collect',
    env,
  });
  const allowed = specs.reduce((sum, [, spec]) => sum + spec.seconds * 1000 * HANGS.factor, HANGS.ms);
  const tooLong = setTimeout(() => void jest.end(), allowed);
  const { code } = await jest.ended;
  clearTimeout(tooLong);
  return code === 0 ? 'lives' : 'found';
}

/** @param {Mutant} mutant @param {{ file: string, original: string, replacement: string }[]} equivalents */
const isEquivalent = (mutant, equivalents) =>
  equivalents.some(
    ({ file, original, replacement }) =>
      file === mutant.file && original === mutant.original && replacement === mutant.replacement,
  );

/** @param {Mutant} mutant */
function shown({ id, file, line, original, replacement }) {
  const short = (/** @type {string} */ text) => text.replaceAll(/\s+/g, ' ').slice(0, 70);
  return `${file}:${line} ${short(original)} -> ${short(replacement)} (${id})`;
}

/** @template T @param {readonly T[]} all @param {number} count @param {number} seed */
function draw(all, count, seed) {
  const left = [...all];
  let state = seed;
  // The generator of Park and Miller: the same on every machine.
  const next = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  for (let i = 0; i < 10; i += 1) next();
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice(Math.floor(next() * left.length), 1),
  ).flat();
}

module.exports = { tryMutants };
