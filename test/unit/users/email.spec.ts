import { canonicalEmail, trimmedEmail } from '../../../src/users/email';

it('takes two spellings of one address for one', () => {
  expect(canonicalEmail(' Zo\u0065\u0308@Example.com\t')).toBe(canonicalEmail('zo\u00eb@example.com'));
  expect(trimmedEmail(' Ada@Example.com ')).toBe('Ada@Example.com');
});
