// @ts-check
/** Which mutants each spec runs, seen once and kept: one that no spec runs needs no try, and the others few specs. */
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const { join, relative } = require('node:path');
const { SANDBOX, tool } = require('./sandbox');

/** @typedef {{ hash: string, seconds: number, passed: boolean, mutants: string[] }} SpecCoverage */
/** @typedef {Map<string, SpecCoverage>} Coverage by the spec's path */

const KEPT = join(SANDBOX, 'coverage.json');
const SEEN = join(SANDBOX, 'coverage');

/** Preloaded by each process of a spec, and by Jest: notes each mutant when it is first come by. */
const NOTE = `
const { appendFileSync } = require('node:fs');
module.exports = (file) => {
  const seen = new Set();
  const note = (_, id) => seen.has(id) || (seen.add(id), appendFileSync(file, id + '\\n'), true);
  globalThis.__stryker__ = { mutantCoverage: { static: new Proxy({}, { get: () => 0, set: note }), perTest: {} } };
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

/** @param {string} spec a path in the sandbox */
const hashOf = (spec) =>
  createHash('sha256')
    .update(fs.readFileSync(join(SANDBOX, spec)))
    .digest('hex');

/** @returns {string[]} */
const specs = () =>
  ['test', 'examples'].flatMap((folder) =>
    fs
      .readdirSync(join(SANDBOX, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.spec.ts'))
      .map((file) => join(folder, file)),
  );

/**
 * Runs each spec that is not known as it stands, with no mutant on.
 * @param {import('../run').Run} run
 * @param {string} only those whose path has this in it
 * @returns {Promise<Coverage>}
 */
async function coverage(run, only) {
  /** @type {Coverage} */
  const known = new Map(fs.existsSync(KEPT) ? JSON.parse(fs.readFileSync(KEPT, 'utf8')) : []);
  const now = specs().filter((spec) => spec.includes(only));
  const unknown = now.filter((spec) => known.get(spec)?.hash !== hashOf(spec));
  if (unknown.length > 0) {
    console.log(`Seeing what ${unknown.length} specs run`);
    for (const [spec, seen] of await see(run, unknown)) known.set(spec, seen);
    fs.writeFileSync(KEPT, JSON.stringify([...known]));
  }
  return new Map([...known].filter(([spec]) => now.includes(spec)));
}

/** @param {import('../run').Run} run @param {string[]} unknown @returns {Promise<Coverage>} */
async function see(run, unknown) {
  fs.rmSync(SEEN, { recursive: true, force: true });
  fs.mkdirSync(SEEN);
  fs.writeFileSync(join(SEEN, 'note.js'), NOTE);
  fs.writeFileSync(join(SEEN, 'before-spec.js'), BEFORE_SPEC);
  fs.writeFileSync(join(SANDBOX, 'jest.coverage.js'), CONFIG);
  const results = run.path('coverage.json');
  const args = [
    tool('jest/bin/jest.js'),
    '--rootDir',
    SANDBOX,
    '--config',
    join(SANDBOX, 'jest.coverage.js'),
  ];
  const jest = run.spawn('jest', process.execPath, [
    ...args,
    '--ci',
    '--json',
    `--outputFile=${results}`,
    '--runTestsByPath',
    ...unknown.map((spec) => join(SANDBOX, spec)),
  ]);
  await jest.ended;
  /** @type {{ testResults: { name: string, status: string, startTime: number, endTime: number }[] }} */
  const { testResults } = JSON.parse(fs.readFileSync(results, 'utf8'));
  return new Map(
    testResults.map(({ name, status, startTime, endTime }) => {
      const spec = relative(SANDBOX, name);
      const seen = join(SEEN, spec.replaceAll('/', '_'));
      const mutants = fs.existsSync(seen) ? fs.readFileSync(seen, 'utf8').trim().split('\n') : [];
      const seconds = (endTime - startTime) / 1000;
      return [
        spec,
        { hash: hashOf(spec), seconds, passed: status === 'passed', mutants: [...new Set(mutants)] },
      ];
    }),
  );
}

module.exports = { coverage };
