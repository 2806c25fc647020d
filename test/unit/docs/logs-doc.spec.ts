import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOG_EVENTS, LogEntry } from '../../../src/common/log/catalogue';

const ROOT = join(__dirname, '../../..');
const LEVELS: Readonly<Record<string, string>> = { log: 'info' };

/** Rows of the tables of docs/logs.md: event, level, text, fields, and what makes two lines equal. */
const rows = [
  ...readFileSync(join(ROOT, 'docs/logs.md'), 'utf8').matchAll(
    /^\| `([a-z_.]+)` +\| (\w+) +\| ([^|]+?) +\| ([^|]*?) *\|/gm,
  ),
].map(([, event = '', level = '', , fields = '']) => [event, level, fields] as const);

const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((file) => file.isFile() && file.name.endsWith('.ts'))
    .map(({ parentPath, name }) => join(parentPath, name));

const fieldsOf = ({ fields, counted }: LogEntry) =>
  [
    ...fields.split(' ').filter((name) => name !== ''),
    ...(counted === undefined ? [] : [`times? by ${counted.split(' ').join(', ')}`]),
  ]
    .map((name) => `\`${name}\``)
    .join(' ');

it('docs/logs.md has every event with its level and its fields, and no other', () => {
  const told = Object.fromEntries(rows.map(([event, level, fields]) => [event, { level, fields }]));
  const written = Object.entries(LOG_EVENTS as Record<string, LogEntry>).map(([event, entry]) => [
    event,
    { level: LEVELS[entry.level] ?? entry.level, fields: fieldsOf(entry) },
  ]);
  expect(told).toEqual(Object.fromEntries(written));
});

it('every event of the catalogue is logged somewhere', () => {
  const text = sources(join(ROOT, 'src'))
    .filter((file) => !file.endsWith('log/catalogue.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  expect(Object.keys(LOG_EVENTS).filter((event) => !text.includes(`'${event}'`))).toEqual([]);
});

it('only the catalogue and the handlers of users write log lines', () => {
  const loggers = sources(join(ROOT, 'src')).filter((file) =>
    readFileSync(file, 'utf8').includes('new Logger('),
  );
  expect(loggers.map((file) => file.slice(ROOT.length + 1)).sort()).toEqual([
    'src/common/log/event-log.ts',
    'src/workers/in-process/attempt-context.ts',
  ]);
});
