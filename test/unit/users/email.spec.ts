import { canonicalEmail, trimmedEmail } from '../../../src/users/email';

it('two spellings of one address are the same address', () => {
  expect(canonicalEmail(' Zo\u0065\u0308@Example.com\t')).toBe(canonicalEmail('zo\u00eb@example.com'));
  expect(trimmedEmail(' Ada@Example.com ')).toBe('Ada@Example.com');
});
