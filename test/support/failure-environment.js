// @ts-check
const { TestEnvironment } = require('jest-environment-node');

/**
 * Node's environment, which tells `afterEach` whether the test has failed (jest-circus has no other way), and says what a
 * failed test waited for: Jest's own message has the time that was too long, and no more.
 */
module.exports = class FailureEnvironment extends TestEnvironment {
  /** @override */
  async setup() {
    await super.setup();
    this.global.waits = new Set();
  }

  /** @param {import('@jest/types').Circus.Event} event */
  handleTestEvent({ name }) {
    if (name === 'test_start') this.global.hasTestFailed = false;
    if (name === 'test_fn_failure') this.global.hasTestFailed = true;
    if (name === 'test_fn_failure' || name === 'hook_failure') this.endWaits();
  }

  endWaits() {
    const waits = /** @type {Set<{ what: string }>} */ (this.global.waits);
    this.global.waits = new Set();
    for (const { what } of waits) this.global.console.error(`The failed test waited until ${what}.`);
  }
};
