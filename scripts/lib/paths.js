// @ts-check
const { existsSync } = require('node:fs');
const { join, relative, resolve } = require('node:path');

/** The project's folder, or that of the installed package. */
const ROOT = resolve(__dirname, '../..');

/** Whether this is the package `turnwise`, which has been built, and whose dependencies are there. */
const IS_PACKAGE = !existsSync(join(ROOT, 'src'));

/** Where `.env` and local data are: the project's folder, or the one in which the package is used. */
const BASE = IS_PACKAGE ? process.cwd() : ROOT;

/** What a person types to start the service. */
const START = IS_PACKAGE ? 'npx turnwise' : 'npm start';

/** The folder of local data, binaries and logs: `.turnwise`, or what TURNWISE_HOME names. */
const home = () => resolve(BASE, process.env.TURNWISE_HOME || '.turnwise');

/**
 * A path inside the folder of local data.
 * @param {...string} parts
 */
const inHome = (...parts) => resolve(home(), ...parts);

/**
 * A path as a person in that folder would write it.
 * @param {string} path
 */
const shown = (path) => {
  const short = relative(BASE, path);
  return short.startsWith('..') ? path : short;
};

module.exports = { BASE, IS_PACKAGE, ROOT, START, home, inHome, shown };
