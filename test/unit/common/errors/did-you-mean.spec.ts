import { didYouMean } from '../../../../src/common/errors/did-you-mean';

const KNOWN = ['url', 'method', 'timeoutMs'];

it.each([
  ['URL', 'url'],
  ['urll', 'url'],
  ['metod', 'method'],
  ['timeout', 'timeoutMs'],
])('takes %s for %s', (word, name) => {
  expect(didYouMean(word, KNOWN)).toBe(`; did you mean ${name}?`);
});

it.each(['body', 'x', 'constructor'])('takes %s for nothing that it knows', (word) => {
  expect(didYouMean(word, KNOWN)).toBe('');
  expect(didYouMean(word, [])).toBe('');
});
