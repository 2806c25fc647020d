import { createCipheriv, createDecipheriv, KeyObject, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { derivedKeys, Keys } from '../../auth/tokens/token-keys';
import { AuthSettings } from '../../config/settings';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals secrets for MongoDB, so that a reader of the database, or of a copy, cannot sign. The key is derived from
 * JWT_SECRET. The owner is part of what is sealed, so that one user's secret cannot replace another's.
 */
@Injectable()
export class SecretSeal {
  private readonly keys: Keys;

  constructor(settings: AuthSettings) {
    this.keys = derivedKeys(settings, 'webhook secrets');
  }

  /** Base64 of initialisation vector, tag and ciphertext. */
  close(secret: string, userId: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.keys[0], iv).setAAD(Buffer.from(userId));
    const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64');
  }

  /** @returns undefined if it was sealed under a secret that is not in JWT_SECRET, or for another owner */
  open(sealed: string, userId: string): string | undefined {
    for (const key of this.keys) {
      const secret = openBy(key, sealed, userId);
      if (secret !== undefined) return secret;
    }
    return undefined;
  }

  /** The same secret, sealed under the first secret of JWT_SECRET; undefined if it already is, or cannot be opened. */
  resealed(sealed: string, userId: string): string | undefined {
    if (openBy(this.keys[0], sealed, userId) !== undefined) return undefined;
    const secret = this.open(sealed, userId);
    return secret === undefined ? undefined : this.close(secret, userId);
  }
}

function openBy(key: KeyObject, sealed: string, userId: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64');
  try {
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES))
      .setAAD(Buffer.from(userId))
      .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
}
