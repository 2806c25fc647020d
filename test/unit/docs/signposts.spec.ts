import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import layering from '../../../.dependency-cruiser';

const ROOT = join(__dirname, '../../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** Rows of the table "Where is ...?": the question, the file, and a text in it. */
const signposts = (): [question: string, file: string, words: string][] => {
  const [, section = ''] = read('docs/architecture.md').split('\n## Where is ...?\n');
  const rows = section.split('\n## ')[0]!.matchAll(/^\| ([^|]+?) +\| `([^`]+)` +\| `([^`]+)` +\|$/gm);
  return [...rows].map(([, question = '', file = '', words = '']) => [question, file, words]);
};

describe('the signposts of docs/architecture.md', () => {
  it('exist', () => expect(signposts().length).toBeGreaterThan(15));

  it.each(signposts())('%s: %s has `%s`', (_question, file, words) => {
    expect(read(file)).toContain(words);
  });
});

describe('the rooms of docs/architecture.md', () => {
  const inBackticks = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
  /** The rooms, and what each may import besides those that are open to all. */
  const rows = () => {
    const [, section = ''] = read('docs/architecture.md').split('\n## The rooms\n');
    const cells = section.split('\n## ')[0]!.matchAll(/^\| `([^`]+)` +\|[^|]+\|([^|]+)\|$/gm);
    return [...cells].map(([, room = '', imports = '']) => ({ room, imports: inBackticks(imports) }));
  };

  it('may import what the layering allows them', () => {
    const open = ['common', 'config', 'events'];
    const rules = layering.forbidden!.flatMap(({ name, comment = '' }) => {
      const [, room] = /^(.+)-imports$/.exec(name ?? '') ?? [];
      const [, allowed = ''] = comment.split(': ');
      return room === undefined
        ? []
        : [{ room, imports: allowed.split(', ').filter((other) => other !== '' && !open.includes(other)) }];
    });
    expect(rules.length).toBeGreaterThan(20);
    const byRoom = (one: { room: string }, other: { room: string }) => (one.room < other.room ? -1 : 1);
    expect(rows().sort(byRoom)).toEqual(rules.sort(byRoom));
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
  it('names files that exist', () => {
    expect(named(document).filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});

it('docs/architecture.md names files and folders of src that exist', () => {
  const paths = [...read('docs/architecture.md').matchAll(/`((?:[a-z-]+\/)+[\w.-]*)`/g)].map(
    ([, path = '']) => path,
  );
  expect(paths.length).toBeGreaterThan(20);
  expect(paths.filter((path) => !['src', '.'].some((from) => existsSync(join(ROOT, from, path))))).toEqual(
    [],
  );
});

const DOCUMENTS = ['.', 'docs', 'docs/decisions', 'examples/ledger', 'bench'].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);

/** The anchors of a document's headings, as GitHub makes them. */
const anchorsOf = (document: string): string[] =>
  [...read(document).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

it.each(DOCUMENTS)('%s links to files and headings that exist', (document) => {
  const links = [...read(document).matchAll(/\]\(([^)\s:]+)\)/g)].map(([, link = '']) => link);
  const isDead = (link: string) => {
    const [path = '', anchor] = link.split('#');
    const file = path === '' ? document : join(document, '..', path);
    if (!existsSync(join(ROOT, file))) return true;
    return anchor !== undefined && !anchorsOf(file).includes(anchor);
  };
  expect(links.filter(isDead)).toEqual([]);
});
