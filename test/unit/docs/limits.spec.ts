import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOGUE } from '../../../src/common/errors/catalogue';

const read = (file: string) => readFileSync(join(__dirname, '../../..', file), 'utf8');

interface Row {
  readonly what: string;
  readonly most: string;
  readonly variable: string;
  readonly beyond: string;
  readonly file: string;
  readonly words: string;
}

const rows: Row[] = [
  ...read('docs/limits.md').matchAll(
    /^\| (.+?) +\| (.+?) +\| (?:`([A-Z_]+)`)? *\| (.+?) +\| `(.+?)` +\| `(.+?)` +\|$/gm,
  ),
].map(([, what = '', most = '', variable = '', beyond = '', file = '', words = '']) => ({
  what,
  most,
  variable,
  beyond,
  file,
  words,
}));

it('docs/limits.md has rows', () => expect(rows.length).toBeGreaterThan(40));

it.each(rows)('$what: $file has `$words`', ({ file, words }) => expect(read(file)).toContain(words));

const answers = rows.flatMap(({ what, beyond }) =>
  [...beyond.matchAll(/(\d{3}) `(\w+)`/g)].map(([, status, code = '']) => ({ what, status, code })),
);
it.each(answers)('$what: $code is answered with $status', ({ status, code }) =>
  expect(CATALOGUE).toHaveProperty(`${code}.status`, Number(status)),
);

const set = rows.filter(({ variable }) => variable !== '');
it.each(set)('$what: $variable is $most by default', ({ variable, most }) => {
  const [, value = ''] = new RegExp(`^${variable}=(\\d*)$`, 'm').exec(read('.env.example'))!;
  const [, figure = '', unit] = /^([\d,]+)( s)?$/.exec(most)!;
  expect(Number(figure.replaceAll(',', '')) * (unit === undefined ? 1 : 1000)).toBe(Number(value));
});

it('docs/limits.md has every variable that is a limit', () => {
  const numbers = [...read('src/config/env.ts').matchAll(/@ToNumber\(\).*@Max\(.*\) ([A-Z_]+)(?: =|\?)/g)];
  const bounds = numbers.map(([, name = '']) => name).filter((name) => !name.endsWith('PORT'));
  expect(set.map(({ variable }) => variable).sort()).toEqual(bounds.sort());
});
