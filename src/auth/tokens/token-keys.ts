import { createSecretKey, hkdfSync, KeyObject } from 'node:crypto';
import type { AuthSettings } from '../../config/settings';

/** Signs access tokens. A KeyObject: as a string it would be tried as a public key in every request (0.5 ms). */
export const accessTokenKey = ({ jwtSecret }: AuthSettings): KeyObject =>
  createSecretKey(Buffer.from(jwtSecret, 'utf8'));

/** A key for one purpose alone, derived from the server's secret (HKDF-SHA256). */
export const derivedKey = ({ jwtSecret }: AuthSettings, purpose: string): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', jwtSecret, '', `turnwise ${purpose}`, 32)));
