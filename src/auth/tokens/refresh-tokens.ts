import { createHash, createHmac, KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuthSettings } from '../../config/settings';
import { derivedKey } from './token-keys';

const SECRET_BYTES = 32;
const TAG_BYTES = 16;
/** 48 bytes are exactly 64 letters of base64url: a token has one spelling only. */
const FORM = /^([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{64})$/;

/**
 * Refresh tokens: `<session id>.<256 bit secret and 128 bit tag>`, opaque to clients.
 *
 * The secret of a token's successor is an HMAC of its own, so that whoever sends the same token twice gets the
 * same successor, from any process, although only hashes are stored. The tag proves that we have issued a token:
 * a spent one is told from an invented one, so nobody can end a session by guessing.
 */
@Injectable()
export class RefreshTokens {
  private readonly successorKey: KeyObject;
  private readonly tagKey: KeyObject;

  constructor(settings: AuthSettings) {
    this.successorKey = derivedKey(settings, 'refresh token successor');
    this.tagKey = derivedKey(settings, 'refresh token tag');
  }

  /** The first token of a session. */
  issue(sessionId: string): string {
    return this.seal(sessionId, randomBytes(SECRET_BYTES));
  }

  /** The token that replaces this one, which must be ours. */
  successor(token: string): string {
    const [sessionId, bytes] = parts(token);
    const secret = bytes.subarray(0, SECRET_BYTES);
    return this.seal(sessionId, hmac(this.successorKey, sessionId, secret));
  }

  /** The session of a token that we have issued, whether it is still good or spent; of any other text undefined. */
  sessionOf(token: string): string | undefined {
    if (!FORM.test(token)) return undefined;
    const [sessionId, bytes] = parts(token);
    const tag = this.tagOf(sessionId, bytes.subarray(0, SECRET_BYTES));
    return timingSafeEqual(tag, bytes.subarray(SECRET_BYTES)) ? sessionId : undefined;
  }

  private seal(sessionId: string, secret: Buffer): string {
    return `${sessionId}.${Buffer.concat([secret, this.tagOf(sessionId, secret)]).toString('base64url')}`;
  }

  private tagOf(sessionId: string, secret: Buffer): Buffer {
    return hmac(this.tagKey, sessionId, secret).subarray(0, TAG_BYTES);
  }
}

/** What is stored of a token. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

const hmac = (key: KeyObject, sessionId: string, secret: Buffer) =>
  createHmac('sha256', key).update(`${sessionId}.`).update(secret).digest();

function parts(token: string): [sessionId: string, bytes: Buffer] {
  const dot = token.indexOf('.');
  return [token.slice(0, dot), Buffer.from(token.slice(dot + 1), 'base64url')];
}
