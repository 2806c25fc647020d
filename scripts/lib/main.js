// @ts-check
const { Run } = require('./run');

/**
 * Runs a program in a run of its own, which ends with it, and exits.
 * @param {(run: import('./run').Run) => Promise<number>} program resolves to the exit code; if it throws, that is said, and the code is 1
 */
async function main(program) {
  /** @type {import('./run').Run | undefined} */
  let run;
  let code = 1;
  try {
    run = await Run.open();
    code = await program(run);
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
  } finally {
    await run?.close();
  }
  process.exit(code);
}

module.exports = { main };
