// @ts-check
/**
 * `npm run schemathesis -- --seed 1 --examples 50`: thousands of calls drawn from the OpenAPI document, right and wrong ones,
 * against the built service: no 5xx, and no answer that the document does not allow. Schemathesis comes once into
 * `.turnwise/` (python3 with pip).
 */
const { join } = require('node:path');
const { parseArgs } = require('node:util');
const { build } = require('./lib/build');
const { main } = require('./tools/main');
const { ROOT } = require('./lib/paths');
const { pythonModules } = require('./tools/python-modules');
const { register, startStores } = require('./tools/service');

const VERSION = '4.32.5';

const PROGRAM = 'from schemathesis.cli import schemathesis; schemathesis()';

/** Its answer never ends. */
const LEFT_OUT = ['streamEvents'];

/**
 * Checks of rules that a document cannot express: that two fields exclude each other, that a cursor was never given out,
 * and that a path with a parameter also takes the methods of its neighbour.
 */
const UNSAYABLE = ['positive_data_acceptance', 'allow_header_conformance'];

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1e6) },
    examples: { type: 'string', default: '30' },
  },
});

/**
 * @param {string} url
 * @param {string} token
 * @returns {Promise<string>}
 */
async function actAsKey(url, token) {
  const answer = await fetch(`${url}/auth/api-keys`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ name: 'schemathesis', scopes: ['act-as'] }),
  });
  return /** @type {{ key: string }} */ (await answer.json()).key;
}

/** @param {import('./lib/run').Run} run */
async function fuzz(run) {
  const modules = await pythonModules(run, 'schemathesis', VERSION);
  await build(run, { output: 'collect' });
  const start = await startStores(run, { TRUST_PROXY: '127.0.0.0/8' });
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
  const key = await actAsKey(url, token);
  const args = [
    ...['-c', PROGRAM, 'run', `${url}/docs-json`, '--url', url],
    ...['--seed', values.seed, '--max-examples', values.examples],
    ...['--request-timeout', '70', '--continue-on-failure', '--suppress-health-check', 'all'],
    ...['--exclude-checks', UNSAYABLE.join(',')],
    ...LEFT_OUT.flatMap((operation) => ['--exclude-operation-id', operation]),
  ];
  const env = {
    ...process.env,
    PYTHONPATH: modules,
    SCHEMATHESIS_HOOKS: join(__dirname, 'schemathesis', 'hooks.py'),
    ...{ TURNWISE_URL: url, TURNWISE_TOKEN: token, TURNWISE_KEY: key },
  };
  const { code } = await run.spawn('schemathesis', 'python3', args, { env }).ended;
  return code ?? 1;
}

void main(fuzz);
