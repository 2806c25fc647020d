import { createHash } from 'node:crypto';
import { bitsOf } from '../../../src/config/hard-to-guess';

it.each([
  'x'.repeat(64),
  'ab'.repeat(32),
  'changeme'.repeat(8),
  'dev-secret-dev-secret-dev-secret!',
  'change-me-to-at-least-32-characters',
  'your-256-bit-secret-goes-here-please',
  'my-super-secret-jwt-key-change-in-production',
  '0123456789abcdef0123456789abcdef',
  'zyxwvutsrqponmlkjihgfedcba987654',
  '11112222333344445555666677778888',
  'QWERTYUIOPASDFGHJKLZXCVBNM123456',
])('%s has less than 55 bits', (secret) => expect(bitsOf(secret)).toBeLessThan(55));

it('random secrets are accepted: all of 128 bits for tokens, and of 64 for metrics', () => {
  const random = Array.from({ length: 2_000 }, (_, i) => createHash('sha256').update(`${i}`).digest('hex'));
  expect(random.filter((hex) => bitsOf(hex.slice(0, 32)) < 55)).toEqual([]);
  expect(random.filter((hex) => bitsOf(hex.slice(0, 16)) < 24)).toEqual([]);
  expect(random.filter((hex) => bitsOf(Buffer.from(hex, 'hex').toString('base64')) < 110)).toEqual([]);
});

it('an invented sentence is accepted', () => {
  expect(bitsOf('correct horse battery staple again')).toBeGreaterThan(100);
});
