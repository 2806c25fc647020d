import { createHmac, createSecretKey, hkdfSync, KeyObject, timingSafeEqual } from 'node:crypto';
import type { AuthSettings } from '../../config/settings';

/** Keys from the secrets in JWT_SECRET, in their order. The first signs; all are accepted. */
export type Keys = readonly [first: KeyObject, ...others: KeyObject[]];

/**
 * Keys of access tokens. KeyObjects, because jsonwebtoken would first try a string as a public key, in every request
 * (0.5 ms).
 */
export const accessTokenKeys = (settings: AuthSettings): Keys =>
  keysOf(settings, (secret) => createSecretKey(Buffer.from(secret, 'utf8')));

/** Keys for one purpose only, derived from the server's secrets (HKDF-SHA256). */
export const derivedKeys = (settings: AuthSettings, purpose: string): Keys =>
  keysOf(settings, (secret) =>
    createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', `turnwise ${purpose}`, 32))),
  );

function keysOf(
  { jwtSecrets: [first, ...others] }: AuthSettings,
  keyOf: (secret: string) => KeyObject,
): Keys {
  return [keyOf(first), ...others.map(keyOf)];
}

/** The key that signed a JWT (HS256); the first if none did. No claim of the token chooses it. */
export function signerOf(token: string, keys: Keys): KeyObject {
  if (keys.length === 1) return keys[0];
  const dot = token.lastIndexOf('.');
  const signature = Buffer.from(token.slice(dot + 1), 'base64url');
  const isSigner = (key: KeyObject) => {
    const expected = createHmac('sha256', key).update(token.slice(0, dot)).digest();
    return expected.length === signature.length && timingSafeEqual(expected, signature);
  };
  return keys.find(isSigner) ?? keys[0];
}
