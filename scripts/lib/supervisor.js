// @ts-check
const { setTimeout: sleep } = require('node:timers/promises');

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 30_000;
/** A program that ran this long counts as healthy; its next end counts as a first failure. */
const WELL_MS = 60_000;

/**
 * @typedef {import('./child').Ending} Ending
 * @typedef {'at once' | 'later' | 'never'} Restart
 */

/**
 * Keeps one program running:
 *
 *     starting -> running -> ended -> (delay) -> starting ...   until `judge` says never, or the run closes
 */
class Supervisor {
  /**
   * @param {import('./run').Run} run
   * @param {() => Promise<import('./child').Child>} launch starts the program and waits until it is usable
   * @param {{
   *   judge: (ending: Ending, failures: number) => Restart,
   *   wait?: (ms: number) => Promise<unknown>,
   * }} options `failures`: how often in a row it has ended too soon, this time included
   */
  constructor(run, launch, { judge, wait = sleep }) {
    this.run = run;
    this.launch = launch;
    this.judge = judge;
    this.wait = wait;
    this.failures = 0;
    /**
     * Settles when it has ended and will not be started again.
     * @type {Promise<Ending>}
     */
    this.ended = new Promise((resolve) => (this.end = resolve));
  }

  /**
   * Starts it for the first time.
   * @throws if that fails
   */
  async start() {
    void this.#keep(await this.launch());
  }

  /** @param {import('./child').Child} first */
  async #keep(first) {
    /** @type {import('./child').Child | undefined} */
    let child = first;
    while (child !== undefined) {
      const since = performance.now();
      const ending = await child.ended;
      if (this.run.closing) return;
      this.failures = performance.now() - since < WELL_MS ? this.failures + 1 : 1;
      const restart = this.judge(ending, this.failures);
      if (restart === 'never') return this.end?.(ending);
      if (restart === 'later') await this.#pause(child.name, ending);
      child = await this.#launchAgain();
    }
  }

  /**
   * @param {string} name
   * @param {Ending} ending
   */
  async #pause(name, { code, signal }) {
    const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (this.failures - 1));
    if (this.run.closing) return;
    console.error(`${name} ended (${signal ?? `exit code ${code}`}); it starts again in ${delay} ms.`);
    await this.wait(delay);
  }

  /** @returns {Promise<import('./child').Child | undefined>} undefined once the run closes */
  async #launchAgain() {
    while (!this.run.closing) {
      try {
        return await this.launch();
      } catch (error) {
        this.failures += 1;
        await this.#pause(/** @type {Error} */ (error).message, { code: 1, signal: null });
      }
    }
    return undefined;
  }
}

module.exports = { Supervisor };
