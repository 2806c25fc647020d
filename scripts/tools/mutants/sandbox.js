// @ts-check
/**
 * A copy of the project whose `src` has every mutant in it, each behind a switch: the variable
 * `__STRYKER_ACTIVE_MUTANT__` says which one is on. So it is built once, for all of them. The copy stays, and is
 * replaced when `src` has changed.
 */
const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const { join } = require('node:path');
const { ROOT, inHome } = require('../../lib/paths');

const SANDBOX = inHome('mutants');

/** Files without rules: their content shows in the OpenAPI document, in the database or at the start. */
const NOT_MUTATED = /\.(dto|schema|module|controller)\.ts$/;

/** Texts and tables are not rules; a test for each would be a copy of it. */
const EXCLUDED = ['StringLiteral', 'ObjectLiteral', 'ArrayDeclaration', 'Regex'];

/** @typedef {{ id: string, file: string, nth: number, line: number, original: string, replacement: string }} Mutant `nth`: which one of its file */

/** A program of node_modules. @param {string} path */
const tool = (path) => join(ROOT, 'node_modules', path);

/** Files of the folders that git tracks, or would track. @param {string[]} folders */
function filesOf(...folders) {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...folders];
  const { stdout } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  return stdout.split('\n').filter((file) => file !== '' && fs.existsSync(join(ROOT, file)));
}

/** @param {string} folder @param {readonly string[]} files paths in it */
function hashOf(folder, files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(fs.readFileSync(join(folder, file)));
  return hash.digest('hex');
}

/** @param {string} file */
function copy(file) {
  fs.cpSync(join(ROOT, file), join(SANDBOX, file), { recursive: true });
}

/**
 * Brings the copy up to date.
 * @returns {Promise<{ mutants: Mutant[], isNew: boolean }>} all mutants of `src`
 */
async function sandbox() {
  const sources = filesOf('src');
  const stamp = join(SANDBOX, 'sources');
  const kept = join(SANDBOX, 'mutants.json');
  const isNew = !fs.existsSync(kept) || fs.readFileSync(stamp, 'utf8') !== hashOf(ROOT, sources);
  if (isNew) fs.rmSync(SANDBOX, { recursive: true, force: true });
  fs.rmSync(join(SANDBOX, 'test'), { recursive: true, force: true });
  for (const file of filesOf()) if (isNew || !file.startsWith('src/')) copy(file);
  if (!isNew) return { mutants: JSON.parse(fs.readFileSync(kept, 'utf8')), isNew };
  fs.symlinkSync(join(ROOT, 'node_modules'), join(SANDBOX, 'node_modules'));
  if (fs.existsSync(join(ROOT, 'console/dist'))) copy('console/dist');
  const mutants = await instrument(sources);
  fs.writeFileSync(stamp, hashOf(ROOT, sources));
  fs.writeFileSync(kept, JSON.stringify(mutants));
  return { mutants, isNew };
}

/** @param {readonly string[]} sources @returns {Promise<Mutant[]>} */
async function instrument(sources) {
  const { Instrumenter } = await import('@stryker-mutator/instrumenter');
  const files = sources
    .filter((file) => file.endsWith('.ts'))
    .map((name) => ({
      name,
      mutate: !NOT_MUTATED.test(name),
      content: fs.readFileSync(join(ROOT, name), 'utf8'),
    }));
  const quiet = { debug() {}, info() {}, warn() {}, isDebugEnabled: () => false };
  const instrumenter = new Instrumenter(/** @type {any} */ (quiet));
  const options = { plugins: ['decorators-legacy'], excludedMutations: EXCLUDED, ignorers: [] };
  const result = await instrumenter.instrument(files, options);
  for (const { name, content } of result.files)
    // A switch in an expression changes its type; the build checks none.
    fs.writeFileSync(join(SANDBOX, name), `// @ts-nocheck\n${content}`);
  const contentOf = new Map(files.map(({ name, content }) => [name, content]));
  const judged = result.mutants.filter(({ status }) => status !== 'Ignored');
  /** @type {Map<string, number>} */
  const counts = new Map();
  const nthOf = (/** @type {string} */ file) => {
    const nth = counts.get(file) ?? 0;
    counts.set(file, nth + 1);
    return nth;
  };
  return judged.map(({ id, fileName, location, replacement }) => ({
    id,
    file: fileName,
    nth: nthOf(fileName),
    line: location.start.line + 1,
    original: textAt(contentOf.get(fileName) ?? '', location),
    replacement,
  }));
}

/** @param {string} text @param {{ start: Position, end: Position }} location @typedef {{ line: number, column: number }} Position */
function textAt(text, { start, end }) {
  const lines = text.split('\n').slice(start.line, end.line + 1);
  const last = lines.length - 1;
  lines[last] = (lines[last] ?? '').slice(0, end.column);
  lines[0] = (lines[0] ?? '').slice(start.column);
  return lines.join('\n');
}

module.exports = { SANDBOX, hashOf, sandbox, tool };
