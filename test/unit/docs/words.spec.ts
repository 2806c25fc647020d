import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const ROOT = join(__dirname, '../../..');
const TABLE = 'docs/architecture.md';

/** Rows of the table "Words": the word, and those that it has replaced. */
const rows = (): { word: string; retired: string[] }[] => {
  const [, section = ''] = readFileSync(join(ROOT, TABLE), 'utf8').split('\n## Words\n');
  const table = section.split('\n## ')[0]!.matchAll(/^\| ([^|]+?) +\| [^|]+ \| ([^|]*?) +\|$/gm);
  return [...table].slice(1).map(([, word = '', retired = '']) => ({
    word,
    retired: [...retired.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  }));
};

const FOLDERS = ['src', 'test', 'docs', 'scripts', 'bench', 'examples', 'client', 'console/src', 'docker'];
const KINDS = /\.(tsx?|js|lua|md|json|py|sh|ya?ml|cfg)$/;
/** Files that may have retired words: the table itself, and the records of decisions and measurements. */
const IS_HISTORY = /^(docs\/architecture\.md|docs\/decisions\/.*|bench\/node_modules\/.*)$/;

const files = ['README.md', 'CONTRIBUTING.md', '.env.example'].concat(
  FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((file) => `${folder}/${file}`)
      .filter((file) => KINDS.test(file) && !IS_HISTORY.test(file)),
  ),
);

describe('the words of docs/architecture.md', () => {
  it('exist', () => expect(rows().length).toBeGreaterThan(10));

  it.each(rows().flatMap(({ word, retired }) => retired.map((old) => [old, word] as const)))(
    '`%s` does not come back: it is %s',
    (old) => {
      const word = new RegExp(`(?<![\\w-])${old}(?![\\w-])`);
      expect(files.filter((file) => word.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
    },
  );
});

it('no two specs have the same base name, so that each can be found by it', () => {
  const names = files.filter((file) => file.endsWith('.spec.ts')).map((file) => basename(file));
  expect(names.filter((name, i) => names.indexOf(name) < i)).toEqual([]);
});
