import { Injectable } from '@nestjs/common';
import { SECOND_MS } from '../../common/time/units';
import type { VerifiedClaims } from './jwt.strategy';

/** Tokens that are remembered: about 400 bytes each. */
const MOST = 10_000;

/**
 * Access tokens whose signature and claims were verified a moment ago, by their whole text: a client sends the same one
 * again and again. Nothing in a token can change but its age, which is asked each time; whether its session still stands
 * is not remembered. The oldest is forgotten first.
 */
@Injectable()
export class VerifiedTokens<C extends { readonly exp: number } = VerifiedClaims> {
  private readonly claims = new Map<string, C>();

  /**
   * @param now ms since 1970
   * @returns undefined if the token is not known, or too old by now
   */
  find(token: string, now: number): C | undefined {
    const found = this.claims.get(token);
    if (found === undefined || now < found.exp * SECOND_MS) return found;
    this.claims.delete(token);
    return undefined;
  }

  add(token: string, claims: C): void {
    if (this.claims.size >= MOST) this.claims.delete(this.claims.keys().next().value!);
    this.claims.set(token, claims);
  }
}
