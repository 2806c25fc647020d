import { canonicalEmail, trimmedEmail } from '../../../src/users/email';

it('treats two spellings of one address as one', () => {
  expect(canonicalEmail(' Zo\u0065\u0308@Example.com\t')).toBe(canonicalEmail('zo\u00eb@example.com'));
  expect(trimmedEmail(' Ada@Example.com ')).toBe('Ada@Example.com');
});
