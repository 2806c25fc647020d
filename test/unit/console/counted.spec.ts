import { counted } from '../../../console/src/ui/counted';

it.each([
  [0, '0 attempts'],
  [1, '1 attempt'],
  [2_000, '2,000 attempts'],
])('counts things in words: %i', (count, words) => {
  expect(counted(count, 'attempt')).toBe(words);
});
