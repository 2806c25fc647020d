// @ts-check
/**
 * `npm run test:mutants`: removes each rule of the scripts once; the model must find a fault (test/model/mutants.ts).
 * `npm run test:mutants -- --typescript --sample 60 --seed 1`: mutants of the TypeScript, drawn at random; a spec that
 * runs the mutated line must fail. `--only webhooks` takes the mutants and the specs of that room. See CONTRIBUTING.md.
 */
const { spawnSync } = require('node:child_process');
const { parseArgs } = require('node:util');
const { main } = require('./tools/main');
const { tryMutants } = require('./tools/mutants/try-mutants');
const { tool } = require('./tools/mutants/sandbox');

const { values } = parseArgs({
  options: {
    typescript: { type: 'boolean', default: false },
    sample: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '120' },
    only: { type: 'string', default: '' },
  },
});

/** The mutants of the Lua scripts. @returns {number} the exit code */
function ofTheScripts() {
  const { status } = spawnSync(
    process.execPath,
    [tool('jest/bin/jest.js'), '--selectProjects', 'e2e', '--testPathPatterns', 'model/mutants'],
    { stdio: 'inherit', env: { ...process.env, MODEL_MUTANTS: 'all' } },
  );
  return status ?? 1;
}

if (values.typescript)
  void main((run) =>
    tryMutants(run, {
      sample: Number(values.sample),
      seed: Number(values.seed),
      seconds: Number(values.seconds),
      only: values.only,
    }),
  );
else process.exitCode = ofTheScripts();
