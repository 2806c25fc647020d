// @ts-check
const { createHash } = require('node:crypto');
const { existsSync, readFileSync, readdirSync, writeFileSync } = require('node:fs');
const { join, relative } = require('node:path');
const { withLock } = require('./lock');
const { ROOT, inHome } = require('./paths');
const { step } = require('./step');

/** Written last and removed first with the rest of `dist`: it is there only beside a whole build. */
const STAMP = join(ROOT, 'dist', '.sources');

const SETTINGS = ['nest-cli.json', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];

/** A hash of everything that the build is made of. */
function sourcesHash() {
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash('sha256');
  for (const file of [...SETTINGS.map((name) => join(ROOT, name)), ...sources])
    hash
      .update(`${relative(ROOT, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}

const isFresh = () => existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sourcesHash();

/**
 * Compiles `src` to `dist` unless `dist` was made from just these sources.
 * @param {import('./run').Run} run
 * @param {import('./child').SpawnOptions} [options]
 */
async function build(run, options) {
  if (isFresh()) return;
  await withLock(inHome('build.lock'), 'building', async () => {
    if (isFresh()) return;
    const hash = sourcesHash(); // of before: an edit during the build makes it stale
    const nest = join(ROOT, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
    await step('Building', () => run.tool('nest build', process.execPath, [nest, 'build'], options));
    writeFileSync(STAMP, hash);
  });
}

module.exports = { build };
