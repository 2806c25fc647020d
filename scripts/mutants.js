// @ts-check
/** `npm run test:mutants`: each rule of the scripts taken out once; the model must find a fault (test/model/mutants.ts). */
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

const jest = join(__dirname, '../node_modules/jest/bin/jest.js');
const { status } = spawnSync(
  process.execPath,
  [jest, '--selectProjects', 'e2e', '--testPathPatterns', 'model/mutants'],
  { stdio: 'inherit', env: { ...process.env, MODEL_MUTANTS: 'all' } },
);
process.exit(status ?? 1);
