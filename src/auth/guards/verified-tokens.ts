import { Injectable } from '@nestjs/common';
import { SECOND_MS } from '../../common/time/units';
import type { VerifiedClaims } from './jwt.strategy';

/** Most tokens that are remembered, of about 400 bytes each. */
const MOST = 10_000;

/**
 * Access tokens that were verified recently, keyed by their whole text: a client sends the same token again and again.
 * Only the age of a token can change, and it is checked each time. Whether its session is still valid is not
 * remembered. The oldest token is dropped first.
 */
@Injectable()
export class VerifiedTokens<C extends { readonly exp: number } = VerifiedClaims> {
  private readonly claims = new Map<string, C>();

  /**
   * @param now ms since 1970
   * @returns undefined if the token is unknown or has expired
   */
  find(token: string, now: number): C | undefined {
    const found = this.claims.get(token);
    if (found === undefined || now < found.exp * SECOND_MS) return found;
    this.claims.delete(token);
    return undefined;
  }

  delete(token: string): void {
    this.claims.delete(token);
  }

  add(token: string, claims: C): void {
    if (this.claims.size >= MOST) this.claims.delete(this.claims.keys().next().value!);
    this.claims.set(token, claims);
  }
}
