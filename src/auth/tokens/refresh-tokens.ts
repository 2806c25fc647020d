import { createHash, createHmac, KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuthSettings } from '../../config/settings';
import { derivedKeys, Keys } from './token-keys';

const SECRET_BYTES = 32;
const TAG_BYTES = 16;
/** 48 bytes are exactly 64 characters of base64url, so a token has only one spelling. */
const FORM = /^([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{64})$/;

/**
 * Refresh tokens: `<session id>.<256 bit secret and 128 bit tag>`, opaque to clients.
 *
 * The secret of a successor is an HMAC of the secret before it. So a client that sends the same token twice gets the
 * same successor from any process, although only hashes are stored. The tag proves that we issued a token: it separates
 * a spent token from an invented one, so nobody can end a session by guessing.
 */
@Injectable()
export class RefreshTokens {
  private readonly successorKeys: Keys;
  private readonly tagKeys: Keys;

  constructor(settings: AuthSettings) {
    this.successorKeys = derivedKeys(settings, 'refresh token successor');
    this.tagKeys = derivedKeys(settings, 'refresh token tag');
  }

  /** The first token of a session. */
  issue(sessionId: string): string {
    return seal(sessionId, randomBytes(SECRET_BYTES), this.tagKeys[0]);
  }

  /**
   * The token that replaces this one, which must be ours: first by our first secret, then by each other secret, which
   * may come first in another process.
   */
  successors(token: string): readonly [first: string, ...others: string[]] {
    const [sessionId, bytes] = parts(token);
    const secret = bytes.subarray(0, SECRET_BYTES);
    const by = (key: KeyObject, i: number) => seal(sessionId, hmac(key, sessionId, secret), this.tagKeys[i]!);
    const [first, ...others] = this.successorKeys;
    return [by(first, 0), ...others.map((key, i) => by(key, i + 1))];
  }

  /** The session of a token that we issued, current or spent; undefined for any other text. */
  sessionOf(token: string): string | undefined {
    if (!FORM.test(token)) return undefined;
    const [sessionId, bytes] = parts(token);
    const [secret, tag] = [bytes.subarray(0, SECRET_BYTES), bytes.subarray(SECRET_BYTES)];
    const isOurs = this.tagKeys.some((key) => timingSafeEqual(tagOf(sessionId, secret, key), tag));
    return isOurs ? sessionId : undefined;
  }
}

const seal = (sessionId: string, secret: Buffer, key: KeyObject) =>
  `${sessionId}.${Buffer.concat([secret, tagOf(sessionId, secret, key)]).toString('base64url')}`;

const tagOf = (sessionId: string, secret: Buffer, key: KeyObject) =>
  hmac(key, sessionId, secret).subarray(0, TAG_BYTES);

/** The hash that is stored of a token. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

const hmac = (key: KeyObject, sessionId: string, secret: Buffer) =>
  createHmac('sha256', key).update(`${sessionId}.`).update(secret).digest();

function parts(token: string): [sessionId: string, bytes: Buffer] {
  const dot = token.indexOf('.');
  return [token.slice(0, dot), Buffer.from(token.slice(dot + 1), 'base64url')];
}
