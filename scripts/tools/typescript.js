// @ts-check
/**
 * Lets Node load TypeScript as it is, for examples and benchmarks: `node --require ./scripts/tools/typescript.js x.ts`.
 * Types are not checked; `npm test` does that.
 */
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');
const { SWC } = require('./swc');

/** @satisfies {import('@swc/core').Options} */
const OPTIONS = { ...SWC, sourceMaps: 'inline' };

/** @typedef {{ _compile(code: string, filename: string): void }} Compiled */

require.extensions['.ts'] = (/** @type {NodeJS.Module} */ module, /** @type {string} */ filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...OPTIONS, filename });
  /** @type {Compiled} */ (/** @type {unknown} */ (module))._compile(code, filename);
};
