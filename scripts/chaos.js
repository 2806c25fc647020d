// @ts-check
/** `npm run chaos -- --minutes 30 --seed 7`: the promises under fire, for as long as you like (test/e2e/chaos.spec.ts, docs/chaos.md). */
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');
const { parseArgs } = require('node:util');

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: String(Date.now() % 1e6) },
  },
});
const jest = join(__dirname, '../node_modules/jest/bin/jest.js');
const { status } = spawnSync(
  process.execPath,
  [jest, '--selectProjects', 'e2e', '--testPathPatterns', 'e2e/chaos'],
  {
    stdio: 'inherit',
    env: { ...process.env, CHAOS_MINUTES: values.minutes, CHAOS_SEED: values.seed },
  },
);
process.exit(status ?? 1);
