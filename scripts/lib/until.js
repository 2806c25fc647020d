// @ts-check
const { setTimeout: sleep } = require('node:timers/promises');

const POLL_MS = 50;
const LIMIT_MS = 60_000;

/**
 * Waits until a started program is ready.
 * @template T
 * @param {import('./child').Child} child
 * @param {() => Promise<T | undefined>} probe undefined, or a rejection: not yet
 * @returns {Promise<T>}
 * @throws if the program ends before, or takes more than a minute; it is ended then
 */
async function until(child, probe) {
  const since = performance.now();
  let ending = /** @type {import('./child').Ending | undefined} */ (undefined);
  void child.ended.then((value) => (ending = value));
  for (;;) {
    const answer = await probe().catch(() => undefined);
    if (answer !== undefined) return answer;
    if (ending !== undefined)
      throw new Error(`${child.name} ended as it started (${ending.signal ?? `exit code ${ending.code}`}).`);
    if (performance.now() - since > LIMIT_MS) {
      await child.end();
      throw new Error(`${child.name} did not come up within a minute.`);
    }
    await sleep(POLL_MS);
  }
}

module.exports = { until };
