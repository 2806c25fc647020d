// @ts-check
/**
 * Lets Node load TypeScript as it is, for examples and benchmarks: `node --require ./scripts/lib/typescript.js x.ts`.
 * Types are not looked at; `npm test` does that.
 */
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');

/** @satisfies {import('@swc/core').Options} */
const OPTIONS = {
  configFile: false,
  swcrc: false,
  sourceMaps: 'inline',
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    target: 'es2022',
  },
  module: { type: 'commonjs' },
};

/** @typedef {{ _compile(code: string, filename: string): void }} Compiled */

require.extensions['.ts'] = (/** @type {NodeJS.Module} */ module, /** @type {string} */ filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...OPTIONS, filename });
  /** @type {Compiled} */ (/** @type {unknown} */ (module))._compile(code, filename);
};
