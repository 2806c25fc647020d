import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Every API key starts with this; no access token does. */
export const API_KEY_PREFIX = 'tw_';

const SECRET_BYTES = 32;
const FORM = /^tw_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_[A-Za-z0-9_-]{43}$/;

/** The part of a key that may be shown: it identifies the key and grants nothing. */
export const startOfKey = (id: string): string => `${API_KEY_PREFIX}${id.replaceAll('-', '')}`;

/** A new key for the id of its document: `tw_<the id's hexadecimal digits>_<256 random bits>`. */
export const newKey = (id: string): string =>
  `${startOfKey(id)}_${randomBytes(SECRET_BYTES).toString('base64url')}`;

/** The id within a key; undefined if the text does not have the form of a key. */
export const idOfKey = (text: string): string | undefined => FORM.exec(text)?.slice(1).join('-');

/** The hash that is stored of a key. */
export const hashOfKey = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Whether the key has this hash, compared in constant time. */
export const isKeyOf = (hash: string, text: string): boolean =>
  timingSafeEqual(Buffer.from(hash), Buffer.from(hashOfKey(text)));
