// @ts-check
const { interruption } = require('../lib/interruption');
const { Run } = require('../lib/run');

/** The exit code after a Ctrl-C, as in a shell. */
const INTERRUPTED = 130;

/**
 * Runs a program in a run of its own, which ends with it, and exits. A Ctrl-C also ends what the program has started.
 * @param {(run: import('../lib/run').Run) => Promise<number | void>} program resolves to the exit code, 0 without one; if it throws, that is said, and the code is 1
 */
async function main(program) {
  /** @type {import('../lib/run').Run | undefined} */
  let run;
  let code = 1;
  const interrupted = interruption(() => run?.kill()).then(() => INTERRUPTED);
  try {
    run = await Run.open();
    code = (await Promise.race([program(run), interrupted])) ?? 0;
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
  } finally {
    await run?.close();
  }
  process.exit(code);
}

module.exports = { main };
