import type { AuthSettings } from '../../../src/config/settings';
import { SecretSeal } from '../../../src/webhooks/secrets/secret-seal';
import { partOf } from '../../support/part-of';

const sealWith = (...jwtSecrets: [string, ...string[]]) =>
  new SecretSeal(partOf<AuthSettings>({ jwtSecrets }));

const sealed = sealWith('a').close('whsec_1', 'u1');

it('a sealed secret opens while the secret of its seal is listed, in any place', () => {
  expect(sealWith('a').open(sealed, 'u1')).toBe('whsec_1');
  expect(sealWith('b', 'a').open(sealed, 'u1')).toBe('whsec_1');
  expect(sealWith('b').open(sealed, 'u1')).toBeUndefined();
});

it('a sealed secret opens only for its owner', () => {
  expect(sealWith('a').open(sealed, 'u2')).toBeUndefined();
});

it('a secret is sealed again only if an earlier secret sealed it', () => {
  expect(sealWith('a').resealed(sealed, 'u1')).toBeUndefined();
  expect(sealWith('b').resealed(sealed, 'u1')).toBeUndefined();
  const again = sealWith('b', 'a').resealed(sealed, 'u1');
  expect(sealWith('b').open(again!, 'u1')).toBe('whsec_1');
});
