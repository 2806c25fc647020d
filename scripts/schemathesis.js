// @ts-check
/**
 * `npm run schemathesis -- --seed 1 --examples 50`: thousands of calls drawn from the OpenAPI document, right and wrong ones,
 * against the built service: no 5xx, and no answer that the document does not allow. Schemathesis comes once into
 * `.turnwise/` (python3 with venv and pip).
 */
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { parseArgs } = require('node:util');
const { build } = require('./lib/build');
const { ROOT, inHome } = require('./lib/paths');
const { Run } = require('./lib/run');
const { register, startStores } = require('./lib/service');

const VERSION = '4.32.5';

/** They end the credentials that everything else needs, or never end. */
const LEFT_OUT = ['endMe', 'logout', 'endSession', 'changePassword', 'streamEvents'];

/**
 * What a document cannot say, and so cannot be held to: that two fields exclude each other, or that a cursor was never given
 * out; and that a path with a parameter also takes the methods of its neighbour.
 */
const UNSAYABLE = ['positive_data_acceptance', 'allow_header_conformance'];

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1e6) },
    examples: { type: 'string', default: '30' },
  },
});

/** @param {Run} run */
async function install(run) {
  const folder = inHome(`schemathesis-${VERSION}`);
  const program = join(folder, 'bin', 'schemathesis');
  if (existsSync(program)) return program;
  await run.tool('venv', 'python3', ['-m', 'venv', folder], { output: 'collect' });
  const pip = ['-m', 'pip', 'install', '--quiet', `schemathesis==${VERSION}`];
  await run.tool('pip', join(folder, 'bin', 'python'), pip, { output: 'collect' });
  return program;
}

async function main() {
  const run = await Run.open();
  try {
    const program = await install(run);
    await build(run, { output: 'collect' });
    const start = await startStores(run, {});
    const { url } = await start('api');
    await start('worker');
    const token = await register(url, 1);
    await run.tool(
      'admin',
      process.execPath,
      [join(ROOT, 'dist/admin-command.js'), 'promote', 'user-1@example.com'],
      {
        ...{ env: { ...process.env, ...start.variables }, output: 'collect' },
      },
    );
    const args = [
      ...['run', `${url}/docs-json`, '--url', url, '--header', `Authorization: Bearer ${token}`],
      ...['--seed', values.seed, '--max-examples', values.examples, '--workers', '2'],
      ...['--request-timeout', '70', '--continue-on-failure', '--suppress-health-check', 'all'],
      ...['--exclude-checks', UNSAYABLE.join(',')],
      ...LEFT_OUT.flatMap((operation) => ['--exclude-operation-id', operation]),
    ];
    const { code } = await run.spawn('schemathesis', program, args).ended;
    return code ?? 1;
  } finally {
    await run.close();
  }
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error.message);
    process.exit(1);
  },
);
