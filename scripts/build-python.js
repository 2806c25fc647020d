// @ts-check
/**
 * `npm run build:python -- FOLDER`: builds the package `turnwise-client` from client/openapi.json, and puts its wheel
 * into the folder. Its code is generated each time and not stored; client/python has the handwritten part. (python3
 * with pip)
 */
const { cpSync, readFileSync, writeFileSync } = require('node:fs');
const { delimiter, join, resolve } = require('node:path');
const { main } = require('./tools/main');
const { withOpenLists } = require('./tools/open-lists');
const { ROOT } = require('./lib/paths');
const { pythonModules } = require('./tools/python-modules');

const GENERATOR = /** @type {const} */ (['openapi-python-client', '0.29.1']);

/** @param {import('./lib/run').Run} run */
async function buildPython(run) {
  const [, , target] = process.argv;
  if (target === undefined) throw new Error('Usage: npm run build:python -- FOLDER');
  const modules = await pythonModules(run, ...GENERATOR);
  const folder = run.path('turnwise-client');
  cpSync(join(ROOT, 'client/python'), folder, { recursive: true });
  const output = join(folder, 'turnwise_client');
  const document = run.path('openapi.json');
  const published = JSON.parse(readFileSync(join(ROOT, 'client/openapi.json'), 'utf8'));
  writeFileSync(document, JSON.stringify(withOpenLists(published)));
  await run.tool(
    'openapi-python-client',
    'python3',
    [
      '-m',
      'openapi_python_client',
      'generate',
      '--path',
      document,
      '--meta',
      'none',
      '--output-path',
      output,
    ],
    {
      output: 'collect',
      env: {
        ...process.env,
        PYTHONPATH: modules,
        PATH: [join(modules, 'bin'), process.env.PATH].join(delimiter), // it formats what it writes, with ruff
      },
    },
  );
  writeFileSync(join(output, 'py.typed'), ''); // its types are for type checkers
  const pip = ['-m', 'pip', 'wheel', '--quiet', '--disable-pip-version-check', '--no-deps'];
  await run.tool('pip', 'python3', [...pip, '--wheel-dir', resolve(target), folder], { output: 'collect' });
  return 0;
}

void main(buildPython);
