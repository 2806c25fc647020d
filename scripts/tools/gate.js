// @ts-check
/** The steps of `npm test`. */
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { build } = require('../lib/build');
const { ROOT } = require('../lib/paths');

/**
 * A program of node_modules, and its arguments.
 * @type {Record<string, readonly [string, ...string[]]>}
 */
const TOOLS = {
  format: ['prettier/bin/prettier.cjs', '--check', '.'],
  lint: ['eslint/bin/eslint.js', '--max-warnings', '0', '.'],
  types: ['typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'],
  page: ['typescript/bin/tsc', '--noEmit', '-p', 'console/tsconfig.json'],
  generated: ['../scripts/generate.js', '--check'],
  fuzz: ['../scripts/schemathesis.js', '--seed', '1', '--examples', '10'],
  layering: ['dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.js', 'src'],
};

const POLL_MS = 500;
const LINGER_MS = 10_000;

/** @type {Record<string, string>} */
const JEST_PROJECTS = { unit: 'unit', 'end-to-end': 'e2e' };

/** @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numRuntimeErrorTestSuites: number }} JestResult */

class Gate {
  /**
   * @param {import('../lib/run').Run} run
   * @param {readonly string[]} jestArguments
   */
  constructor(run, jestArguments) {
    this.run = run;
    this.jestArguments = jestArguments;
    /** @type {string[]} */
    this.failed = [];
    /** @type {JestResult[]} */
    this.results = [];
  }

  /**
   * Runs steps one after the other, even if some fail.
   * @param {readonly string[]} names
   */
  async steps(names) {
    for (const name of names) await this.#step(name);
  }

  /** Prints what failed, and the total of the tests as the last line. @returns {number} the exit code */
  report() {
    const sum = (/** @type {(result: JestResult) => number} */ of) =>
      this.results.reduce((total, result) => total + of(result), 0);
    if (this.failed.length > 0) console.log(`Failed: ${this.failed.join(', ')}`);
    const failed = sum((result) => result.numFailedTests + result.numRuntimeErrorTestSuites);
    const skipped = sum((result) => result.numPendingTests);
    if (skipped > 0) console.log(`${skipped} skipped: a program that they need is not there`);
    console.log(`${sum((result) => result.numPassedTests)} passed, ${failed} failed`);
    return this.failed.length > 0 ? 1 : 0;
  }

  /** @param {string} name */
  async #step(name) {
    const since = performance.now();
    let problem = '';
    try {
      if (name === 'build') await build(this.run, { output: 'collect' });
      else if (name in JEST_PROJECTS) await this.#jest(name);
      else await this.#tool(name);
    } catch (error) {
      if (this.run.closing) throw error;
      problem = /** @type {Error} */ (error).message;
      this.failed.push(name);
    }
    const seconds = ((performance.now() - since) / 1000).toFixed(1);
    console.log(`${problem === '' ? 'ok    ' : 'FAILED'} ${name.padEnd(12)} ${seconds.padStart(6)} s`);
    if (problem !== '') console.log(problem);
  }

  /** @param {string} name */
  async #tool(name) {
    const [program = '', ...args] = TOOLS[name] ?? [];
    await this.run.tool(name, process.execPath, [tool(program), ...args], { output: 'collect' });
  }

  /** @param {string} name */
  async #jest(name) {
    const file = this.run.path(`${name}.json`);
    const chosen = this.jestArguments.length > 0 ? ['--passWithNoTests', ...this.jestArguments] : [];
    const args = [
      '--selectProjects',
      JEST_PROJECTS[name] ?? name,
      '--json',
      `--outputFile=${file}`,
      ...chosen,
    ];
    // The last step has the terminal for itself.
    const output = name === 'unit' ? 'collect' : 'inherit';
    const jest = this.run.spawn(name, process.execPath, [tool('jest/bin/jest.js'), ...args], { output });
    const ending = await Promise.race([jest.ended, lingers(file, jest.ended)]);
    await jest.end();
    if (existsSync(file)) this.results.push(JSON.parse(readFileSync(file, 'utf8')));
    if (ending === 'lingers')
      throw new Error(`${jest.output()}\nJest did not end: a test has left something open.`);
    if (ending.code !== 0) throw new Error(jest.output());
  }
}

/** @param {string} program */
const tool = (program) => join(ROOT, 'node_modules', program);

/**
 * Jest writes its result when its tests have ended, and then waits forever for whatever they left open.
 * @param {string} result
 * @param {Promise<unknown>} ended
 * @returns {Promise<'lingers'>} settles only if Jest has not ended some time after its result was written
 */
async function lingers(result, ended) {
  let over = false;
  void ended.then(() => (over = true));
  while (!over && !existsSync(result)) await sleep(POLL_MS);
  if (!over) await sleep(LINGER_MS, undefined, { ref: false });
  return 'lingers';
}

module.exports = { Gate };
