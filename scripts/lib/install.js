// @ts-check
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { withLock } = require('./lock');
const { IS_PACKAGE, ROOT, inHome } = require('./paths');
const { step } = require('./step');

/** @typedef {{ packages?: Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }> }} LockFile */

/**
 * Whether the installed packages match the lock file. npm writes its own record as the last step, so an interrupted
 * installation does not count.
 * @param {LockFile} wanted package-lock.json
 * @param {LockFile} installed node_modules/.package-lock.json
 */
function isInstalled(wanted, installed) {
  return Object.entries(wanted.packages ?? {}).every(([path, want]) => {
    if (path === '') return true;
    const have = installed.packages?.[path];
    if (have === undefined) return want.optional === true || want.devOptional === true;
    return have.version === want.version && have.integrity === want.integrity;
  });
}

/** @returns {boolean} */
function isStale() {
  const installed = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return true;
  /** @param {string} file */
  const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
  return !isInstalled(read(join(ROOT, 'package-lock.json')), read(installed));
}

/** How many packages the lock file names. */
const packages = () =>
  Object.keys(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages).length - 1;

/**
 * Installs the dependencies if they are missing or not those of package-lock.json.
 * @param {import('./run').Run} run
 */
async function install(run) {
  if (IS_PACKAGE || !isStale()) return;
  await withLock(inHome('install.lock'), 'installing the dependencies', async () => {
    if (!isStale()) return;
    const options = { graceMs: 500, output: /** @type {const} */ ('collect') }; // what is broken off is begun again
    const ci = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await step(`Installing ${packages()} packages (npm ci)`, () => run.tool('npm ci', 'npm', ci, options));
  });
}

module.exports = { install, isInstalled };
