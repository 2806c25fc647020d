// @ts-check
const { relative, resolve } = require('node:path');

/** The project's folder. */
const ROOT = resolve(__dirname, '../..');

/** The folder of local data, binaries and logs: `.turnwise`, or what TURNWISE_HOME names. */
const home = () => resolve(ROOT, process.env.TURNWISE_HOME || '.turnwise');

/**
 * A path inside the folder of local data.
 * @param {...string} parts
 */
const inHome = (...parts) => resolve(home(), ...parts);

/**
 * A path as a person in the project's folder would write it.
 * @param {string} path
 */
const shown = (path) => {
  const short = relative(ROOT, path);
  return short.startsWith('..') ? path : short;
};

module.exports = { ROOT, home, inHome, shown };
