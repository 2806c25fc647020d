// @ts-check
const { TestEnvironment } = require('jest-environment-node');

/** Node's environment, which tells `afterEach` whether the test has failed (jest-circus has no other way). */
module.exports = class FailureEnvironment extends TestEnvironment {
  /** @param {import('@jest/types').Circus.Event} event */
  handleTestEvent({ name }) {
    if (name === 'test_start') this.global.hasTestFailed = false;
    if (name === 'test_fn_failure') this.global.hasTestFailed = true;
  }
};
