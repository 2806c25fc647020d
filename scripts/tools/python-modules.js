// @ts-check
const { existsSync, renameSync } = require('node:fs');
const { inHome } = require('../lib/paths');

/**
 * The folder of a Python program's modules, for PYTHONPATH; they come from PyPI once, into `.turnwise/` (python3 with pip).
 * @param {import('../lib/run').Run} run
 * @param {string} name
 * @param {string} version
 */
async function pythonModules(run, name, version) {
  const folder = inHome(`${name}-${version}`);
  if (existsSync(folder)) return folder;
  const unfinished = run.path(name); // whole or not at all
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', unfinished];
  await run.tool('pip', 'python3', [...pip, `${name}==${version}`], { output: 'collect' });
  if (!existsSync(folder)) renameSync(unfinished, folder);
  return folder;
}

module.exports = { pythonModules };
