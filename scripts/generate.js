// @ts-check
/**
 * `npm run generate`: writes every file that is generated from the code: the OpenAPI document of the built service, the
 * client's types from it, and the table of errors. `-- --check` (a step of `npm test`) only names files that would change.
 */
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { join, relative } = require('node:path');
const { parseArgs } = require('node:util');
const { build } = require('./lib/build');
const { main } = require('./tools/main');
const { ROOT } = require('./lib/paths');
const { startStores } = require('./tools/service');

const DOCUMENT = join(ROOT, 'client', 'openapi.json');
const TYPES = join(ROOT, 'client', 'schema.ts');
const ERRORS = join(ROOT, 'docs', 'errors.md');
const NOTICE = '// Generated from openapi.json by `npm run generate`.\n\n';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

/**
 * The text of each file, as it should be.
 * @param {import('openapi-typescript').OpenAPI3} document
 */
async function contents(document) {
  const { default: openapiTS, astToString } = await import('openapi-typescript');
  const prettier = await import('prettier');
  const format = async (/** @type {string} */ file, /** @type {string} */ text) =>
    prettier.format(text, { ...(await prettier.resolveConfig(file)), filepath: file });
  const types = astToString(await openapiTS(document, { alphabetize: true, defaultNonNullable: false }));
  return new Map([
    [DOCUMENT, await format(DOCUMENT, JSON.stringify(document))],
    [TYPES, await format(TYPES, NOTICE + types)],
    [ERRORS, await format(ERRORS, withTable(readFileSync(ERRORS, 'utf8')))],
  ]);
}

/** @param {string} text of docs/errors.md: everything before the table is handwritten */
function withTable(text) {
  /** @type {typeof import('../src/common/errors/catalogue')} */
  const { CATALOGUE } = require(join(ROOT, 'dist', 'common', 'errors', 'catalogue.js'));
  const rows = Object.entries(CATALOGUE).map(
    ([code, { status, title }]) => `| \`${code}\` | ${status} | ${title} |`,
  );
  const head = text.slice(0, text.indexOf('| code'));
  return [`${head}| code | status | meaning |`, '| --- | --- | --- |', ...rows, ''].join('\n');
}

/** @param {import('./lib/run').Run} run */
async function generate(run) {
  await build(run, { output: 'collect' });
  const start = await startStores(run, {});
  const { url } = await start('api');
  const document = /** @type {import('openapi-typescript').OpenAPI3} */ (
    await (await fetch(`${url}/docs-json`)).json()
  );
  const changed = [...(await contents(document))].filter(
    ([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text,
  );
  if (!values.check) for (const [file, text] of changed) writeFileSync(file, text);
  for (const [file] of changed) console.log(`${relative(ROOT, file)} has changed`);
  return values.check && changed.length > 0 ? 1 : 0;
}

void main(generate);
