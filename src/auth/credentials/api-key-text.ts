import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What an API key begins with, and no access token does. */
export const API_KEY_PREFIX = 'tw_';

const SECRET_BYTES = 32;
const FORM = /^tw_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_[A-Za-z0-9_-]{43}$/;

/** What of a key may be shown: it tells which one it is, and opens nothing. */
export const startOfKey = (id: string): string => `${API_KEY_PREFIX}${id.replaceAll('-', '')}`;

/** A new key for the id of its document: `tw_<the id's hexadecimal digits>_<256 random bits>`. */
export const newKey = (id: string): string =>
  `${startOfKey(id)}_${randomBytes(SECRET_BYTES).toString('base64url')}`;

/** The id that a key names; undefined if it has not the form of one. */
export const idOfKey = (text: string): string | undefined => FORM.exec(text)?.slice(1).join('-');

/** What is stored of a key. */
export const hashOfKey = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Whether this is the key of that hash; how long it takes tells nothing. */
export const isKeyOf = (hash: string, text: string): boolean =>
  timingSafeEqual(Buffer.from(hash), Buffer.from(hashOfKey(text)));
