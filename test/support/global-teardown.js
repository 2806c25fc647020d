// @ts-check
const { Run } = require('../../scripts/lib/run');

/** Time after which Jest must have ended, unless a test has left something open. */
const SETTLED_MS = 5_000;

/** Ends everything that the run has started, also what a test forgot. Names what keeps Jest from ending. */
module.exports = async () => {
  if (process.env.TEST_RUN_FOLDER) await new Run(process.env.TEST_RUN_FOLDER).close();
  setTimeout(() => console.error('Still open:', openResources()), SETTLED_MS).unref();
};

/** What keeps this process alive; for connections, their remote addresses. */
function openResources() {
  const { report } = /** @type {{ report: { getReport(): unknown } }} */ (process);
  const { libuv } = /** @type {{ libuv: Record<string, unknown>[] }} */ (report.getReport());
  const kept = libuv.filter((handle) => handle.is_active && handle.is_referenced && handle.type !== 'loop');
  return JSON.stringify({ resources: process.getActiveResourcesInfo(), handles: kept });
}
