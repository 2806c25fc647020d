// @ts-check
const { clearInterval, setInterval } = require('node:timers');

const TELL_EVERY_MS = 10_000;

/**
 * Does something that takes a while, and prints that: when it begins, every 10 s, and with its time when it is done.
 * @template T
 * @param {string} what such as `Building`
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function step(what, work) {
  const since = performance.now();
  const seconds = () => `${Math.round((performance.now() - since) / 1000)} s`;
  console.log(`${what} ...`);
  const timer = setInterval(() => console.log(`${what} ... ${seconds()} so far`), TELL_EVERY_MS);
  try {
    const result = await work();
    console.log(`${what}: done, ${seconds()}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}

module.exports = { step };
