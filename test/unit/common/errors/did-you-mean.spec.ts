import { didYouMean } from '../../../../src/common/errors/did-you-mean';

const KNOWN = ['url', 'method', 'timeoutMs'];

it.each([
  ['URL', 'url'],
  ['urll', 'url'],
  ['metod', 'method'],
  ['timeout', 'timeoutMs'],
])('the suggestion for %s is %s', (word, name) => {
  expect(didYouMean(word, KNOWN)).toBe(`; did you mean ${name}?`);
});

it.each(['body', 'x', 'constructor'])('there is no suggestion for %s', (word) => {
  expect(didYouMean(word, KNOWN)).toBe('');
  expect(didYouMean(word, [])).toBe('');
});
