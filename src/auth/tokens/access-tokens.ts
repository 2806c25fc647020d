import { Injectable } from '@nestjs/common';
import { JwtModuleOptions, JwtService } from '@nestjs/jwt';
import { SECOND_MS } from '../../common/time/units';
import { AuthSettings } from '../../config/settings';
import { ACCESS_TOKEN_MS } from './lifetimes';
import { accessTokenKeys, signerOf } from './token-keys';

/** The claims of an access token besides iss, aud and exp: the user, the session, and when it was issued (s). */
export interface AccessClaims {
  readonly sub: string;
  readonly sid: string;
  readonly iat: number;
  /** Its `sid` is a portal link, see PortalLinks. */
  readonly portal?: true;
}

/** The only algorithm that is issued and accepted. Nothing in a token chooses how it is verified. */
export const TOKEN_ALGORITHM = 'HS256';
export const TOKEN_ISSUER = 'turnwise';
export const TOKEN_AUDIENCE = 'turnwise-api';

/** How tokens are signed, and by which key they are verified: while JWT_SECRET is rotated, other processes sign by another. */
export function jwtOptions(settings: AuthSettings): JwtModuleOptions {
  const keys = accessTokenKeys(settings);
  return {
    secretOrKeyProvider: (_purpose, of) => (typeof of === 'string' ? signerOf(of, keys) : keys[0]), // a token, or claims
    signOptions: {
      algorithm: TOKEN_ALGORITHM,
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
      expiresIn: ACCESS_TOKEN_MS / SECOND_MS,
    },
  };
}

@Injectable()
export class AccessTokens {
  constructor(private readonly jwt: JwtService) {}

  /** A JWT that is valid for ACCESS_TOKEN_MS from `issuedAt`. The same input gives the same token. */
  issue(userId: string, sessionId: string, issuedAt: Date): string {
    const iat = Math.floor(issuedAt.getTime() / SECOND_MS);
    return this.jwt.sign({ sub: userId, sid: sessionId, iat } satisfies AccessClaims);
  }

  /** A JWT that is valid for as long as the portal link. Nothing renews it. */
  issueForPortal(accountId: string, linkId: string, issuedAt: Date, expiresIn: number): string {
    const iat = Math.floor(issuedAt.getTime() / SECOND_MS);
    const claims = { sub: accountId, sid: linkId, iat, portal: true } satisfies AccessClaims;
    return this.jwt.sign(claims, { expiresIn });
  }
}
