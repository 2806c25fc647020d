// @ts-check
/** How TypeScript becomes CommonJS outside the build: in Jest, where Node loads a file as it is, and in `npm run start:dev`. */

/**
 * Supports Nest's decorators, and the types of what they decorate. Types are not checked: the gate's step "types" does that.
 * @satisfies {import('@swc/core').Options}
 */
const SWC = {
  configFile: false,
  swcrc: false,
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    target: 'es2022',
  },
  module: { type: 'commonjs' },
};

module.exports = { SWC };
