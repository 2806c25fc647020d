// @ts-check
/** npm passes on a signal that the terminal has sent as well, so that one Ctrl-C may arrive twice. */
const SAME_PRESS_MS = 1000;
const PARENT_POLL_MS = 500;

/**
 * Listens for what ends a launcher: a signal, or the end of the npm that started it (it may be killed, and then
 * passes nothing on).
 * @param {() => void} again called if the user insists
 * @returns {Promise<void>} the first one
 */
function interruption(again) {
  return new Promise((resolve) => {
    let first = 0;
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.on(signal, () => {
        if (first === 0) first = performance.now();
        else if (performance.now() - first > SAME_PRESS_MS) again();
        resolve();
      });
    }
    const parent = process.ppid;
    const watchParent = () => {
      if (process.ppid !== parent) resolve();
    };
    if (process.env.npm_lifecycle_event) setInterval(watchParent, PARENT_POLL_MS).unref();
  });
}

module.exports = { interruption };
