import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOGUE } from '../../../src/common/errors/catalogue';

it('docs/errors.md has a line for every code, as the catalogue has it, and no other', () => {
  const rows = readFileSync(join(__dirname, '../../../docs/errors.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, 4)
        .map((cell) => cell.trim()),
    );
  const expected = Object.entries(CATALOGUE).map(([code, { status, title }]) => [
    `\`${code}\``,
    String(status),
    title,
  ]);
  expect(rows).toEqual(expected);
});
