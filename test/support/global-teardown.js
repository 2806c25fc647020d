// @ts-check
const { Run } = require('../../scripts/lib/run');

/** Ends everything that the run has started, also what a test forgot. */
module.exports = async () => {
  if (process.env.TEST_RUN_FOLDER) await new Run(process.env.TEST_RUN_FOLDER).close();
};
