import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** Rows of the table under "Where is ...?": the question, the file, and words that are in it. */
const signposts = (): [question: string, file: string, words: string][] => {
  const [, section = ''] = read('docs/architecture.md').split('\n## Where is ...?\n');
  const rows = section.split('\n## ')[0]!.matchAll(/^\| ([^|]+?) +\| `([^`]+)` +\| `([^`]+)` +\|$/gm);
  return [...rows].map(([, question = '', file = '', words = '']) => [question, file, words]);
};

describe('the signposts of docs/architecture.md', () => {
  it('are there', () => expect(signposts().length).toBeGreaterThan(15));

  it.each(signposts())('%s: %s has `%s`', (_question, file, words) => {
    expect(read(file)).toContain(words);
  });
});

/** Files that documents name in backticks by their path in the repository. */
const named = (document: string): string[] => [
  ...new Set(
    [...read(document).matchAll(/`((?:src|test|scripts|bench|docker)\/[\w./-]+\.\w+)`/g)].map(
      ([, file = '']) => file,
    ),
  ),
];

describe.each([
  'README.md',
  'CONTRIBUTING.md',
  'docs/architecture.md',
  'docs/chaos.md',
  'docs/queue-protocol.md',
])('%s', (document) => {
  it('names files that are there', () => {
    expect(named(document).filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});
