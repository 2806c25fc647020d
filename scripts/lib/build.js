// @ts-check
const { createHash } = require('node:crypto');
const { existsSync, readFileSync, readdirSync, writeFileSync } = require('node:fs');
const { join, relative } = require('node:path');
const { withLock } = require('./lock');
const { IS_PACKAGE, ROOT, inHome } = require('./paths');
const { step } = require('./step');

/**
 * Something that is made of sources: the service of `src`, the page of `console`.
 * @typedef {{ name: string, title: string, sources: readonly string[], settings: readonly string[], output: string, program: readonly string[] }} Part
 */

/** @type {readonly Part[]} */
const PARTS = [
  {
    name: 'nest build',
    title: 'Building',
    sources: ['src'],
    settings: ['nest-cli.json', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'],
    output: 'dist',
    program: ['@nestjs/cli/bin/nest.js', 'build'],
  },
  {
    name: 'vite build',
    title: 'Building the page',
    sources: ['console/src', 'console/public'],
    settings: [
      'console/index.html',
      'console/vite.config.mjs',
      'client/index.ts',
      'client/retries.ts',
      'client/schema.ts',
      'package-lock.json',
    ],
    output: 'console/dist',
    program: ['vite/bin/vite.js', 'build', 'console', '--logLevel', 'warn'],
  },
];

/**
 * Written last, and removed first with the rest of the output: it exists only next to a complete build. @param {Part}
 * part
 */
const stampOf = ({ output }) => join(ROOT, output, '.sources');

/** A hash of everything that a part is made of. @param {Part} part */
function sourcesHash({ sources, settings }) {
  const files = sources
    .flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash('sha256');
  for (const file of [...settings.map((name) => join(ROOT, name)), ...files])
    hash
      .update(`${relative(ROOT, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}

/** @param {Part} part */
const isFresh = (part) =>
  existsSync(stampOf(part)) && readFileSync(stampOf(part), 'utf8') === sourcesHash(part);

/**
 * Compiles `src` to `dist` and the page to `console/dist`, each unless it was made from just these sources.
 * @param {import('./run').Run} run
 * @param {import('./child').SpawnOptions} [options]
 */
async function build(run, options) {
  if (IS_PACKAGE || PARTS.every(isFresh)) return;
  await withLock(inHome('build.lock'), 'building', async () => {
    for (const part of PARTS.filter((each) => !isFresh(each))) {
      const hash = sourcesHash(part); // of before: an edit during the build makes it stale
      const [program = '', ...args] = part.program;
      const path = join(ROOT, 'node_modules', program);
      await step(part.title, () =>
        run.tool(part.name, process.execPath, [path, ...args], { ...options, cwd: ROOT }),
      );
      writeFileSync(stampOf(part), hash);
    }
  });
}

module.exports = { build };
