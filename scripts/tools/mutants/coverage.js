// @ts-check
/**
 * Which mutants each spec runs, measured once and stored bit by bit: an interrupted run continues where it was. A
 * mutant that no spec runs needs no try, and the others need few specs.
 */
const fs = require('node:fs');
const { join, relative } = require('node:path');
const { ROOT, inHome } = require('../../lib/paths');
const { SANDBOX, hashOf, tool } = require('./sandbox');

/**
 * @typedef {import('./sandbox').Mutant} Mutant
 * @typedef {{ source: string, mutants: number[] }} CameBy of one file: its hash, and the mutants by their place in it
 * @typedef {{ hash: string, seconds: number, passed: boolean, files: Record<string, CameBy> }} SpecCoverage
 * @typedef {Map<string, SpecCoverage>} Coverage by the spec's path
 */

const KEPT = inHome('mutants-coverage.json');
const SEEN = join(SANDBOX, 'coverage');

/** How many specs are measured before the result is stored. */
const PIECE = 12;

/**
 * Preloaded by each process of a spec, and by Jest: notes each mutant the first time that it runs. From then on its count is a
 * plain field: a proxy at each step of a hot loop makes the processes ten times as slow.
 */
const NOTE = `
const { appendFileSync } = require('node:fs');
module.exports = (file) => {
  const first = {
    get: (_, id) => (appendFileSync(file, id + '\\n'), 0),
    set: (_, id, value, counts) =>
      Reflect.defineProperty(counts, id, { value, writable: true, enumerable: true, configurable: true }),
  };
  globalThis.__stryker__ = { mutantCoverage: { static: Object.create(new Proxy({}, first)), perTest: {} } };
};`;

/** Before each spec: the processes that it starts note for it too, by NODE_OPTIONS (test/support/app-process.ts). */
const BEFORE_SPEC = `
const { writeFileSync } = require('node:fs');
const name = require('node:path').relative(${JSON.stringify(SANDBOX)}, expect.getState().testPath).replaceAll('/', '_');
const seen = ${JSON.stringify(SEEN)} + '/' + name;
writeFileSync(seen + '.js', 'require("./note")(' + JSON.stringify(seen) + ')');
process.env.NODE_OPTIONS = '--require ' + seen + '.js';
require(seen + '.js');`;

const CONFIG = `
const config = require('./jest.config.js');
for (const project of config.projects) project.setupFilesAfterEnv.push('<rootDir>/coverage/before-spec.js');
module.exports = config;`;

/** @returns {string[]} */
const specs = () =>
  ['test', 'examples'].flatMap((folder) =>
    fs
      .readdirSync(join(SANDBOX, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.spec.ts'))
      .map((file) => join(folder, file)),
  );

/**
 * Runs the specs whose mutants are not known, with no mutant on: new or changed specs, and specs that ran an earlier
 * version of a file of `judged`.
 * @param {import('../../lib/run').Run} run
 * @param {readonly Mutant[]} mutants all of them
 * @param {readonly Mutant[]} judged those that specs are needed for
 * @param {string} only specs whose path has this in it
 * @returns {Promise<Coverage>}
 */
async function coverage(run, mutants, judged, only) {
  const known = kept();
  const now = specs().filter((spec) => spec.includes(only));
  const isSeen = knowsAll(known, judged);
  const unknown = now.filter((spec) => !isSeen(spec));
  for (let done = 0; done < unknown.length; done += PIECE) {
    console.log(`Measuring which mutants specs run: ${done} of ${unknown.length}`);
    const piece = await see(run, mutants, unknown.slice(done, done + PIECE));
    for (const [spec, seen] of piece) known.set(spec, seen);
    fs.writeFileSync(`${KEPT}.new`, JSON.stringify([...known]));
    fs.renameSync(`${KEPT}.new`, KEPT);
  }
  return new Map([...known].filter(([spec]) => now.includes(spec)));
}

/** @returns {Coverage} */
const kept = () => new Map(fs.existsSync(KEPT) ? JSON.parse(fs.readFileSync(KEPT, 'utf8')) : []);

/**
 * Whether the coverage of a spec is still right for the files of `judged`. A file that no spec has run may be a part of
 * a file that was split; then every file that the spec ran must be unchanged.
 * @param {Coverage} known @param {readonly Mutant[]} judged @returns {(spec: string) => boolean}
 */
function knowsAll(known, judged) {
  const files = [...new Set(judged.map(({ file }) => file))];
  const all = [...known.values()];
  const isNew = files.some((file) => !all.some((spec) => file in spec.files));
  return (spec) => {
    const seen = known.get(spec);
    if (seen?.hash !== hashOf(ROOT, [spec])) return false;
    return (isNew ? Object.keys(seen.files) : files.filter((file) => file in seen.files)).every(
      (file) => fs.existsSync(join(ROOT, file)) && seen.files[file]?.source === hashOf(ROOT, [file]),
    );
  };
}

/** @param {import('../../lib/run').Run} run @param {readonly Mutant[]} mutants @param {string[]} unknown @returns {Promise<Coverage>} */
async function see(run, mutants, unknown) {
  fs.rmSync(SEEN, { recursive: true, force: true });
  fs.mkdirSync(SEEN);
  fs.writeFileSync(join(SEEN, 'note.js'), NOTE);
  fs.writeFileSync(join(SEEN, 'before-spec.js'), BEFORE_SPEC);
  fs.writeFileSync(join(SANDBOX, 'jest.coverage.js'), CONFIG);
  const results = run.path('coverage.json');
  const jest = run.spawn('jest', process.execPath, [
    tool('jest/bin/jest.js'),
    '--rootDir',
    SANDBOX,
    '--config',
    join(SANDBOX, 'jest.coverage.js'),
    '--ci',
    '--json',
    `--outputFile=${results}`,
    '--runTestsByPath',
    ...unknown.map((spec) => join(SANDBOX, spec)),
  ]);
  await jest.ended;
  /** @type {{ testResults: { name: string, status: string, startTime: number, endTime: number }[] }} */
  const { testResults } = JSON.parse(fs.readFileSync(results, 'utf8'));
  const byId = new Map(mutants.map((mutant) => [mutant.id, mutant]));
  return new Map(
    testResults.map(({ name, status, startTime, endTime }) => {
      const spec = relative(SANDBOX, name);
      const noted = join(SEEN, spec.replaceAll('/', '_'));
      const ids = fs.existsSync(noted) ? fs.readFileSync(noted, 'utf8').split('\n') : [];
      const files = cameBy([...new Set(ids)].flatMap((id) => byId.get(id) ?? []));
      const seconds = (endTime - startTime) / 1000;
      return [spec, { hash: hashOf(ROOT, [spec]), seconds, passed: status === 'passed', files }];
    }),
  );
}

/** @param {readonly Mutant[]} mutants */
function cameBy(mutants) {
  /** @type {Record<string, CameBy>} */
  const files = {};
  for (const { file, nth } of mutants)
    (files[file] ??= { source: hashOf(ROOT, [file]), mutants: [] }).mutants.push(nth);
  return files;
}

/** How many mutants a spec runs: the fewer, the more it is about each. @param {SpecCoverage} spec */
const breadth = ({ files }) => Object.values(files).reduce((sum, { mutants }) => sum + mutants.length, 0);

/** @param {string} path */
const wordsOf = (path) => new Set(path.split(/[/.-]/));

/** @param {string} spec @param {string} file */
const sharedWords = (spec, file) => [...wordsOf(spec)].filter((word) => wordsOf(file).has(word)).length;

/**
 * The specs that run a mutant and passed without it. First those whose names share most words with the mutant's file,
 * as specs of one room do; among equals, first those that run the fewest mutants.
 * @param {Coverage} seen @param {Mutant} mutant
 */
const specsOf = (seen, { file, nth }) =>
  [...seen]
    .filter(([, { passed, files }]) => passed && files[file]?.mutants.includes(nth))
    .sort(
      ([one, ofOne], [other, ofOther]) =>
        sharedWords(other, file) - sharedWords(one, file) || breadth(ofOne) - breadth(ofOther),
    );

module.exports = { coverage, specsOf };
