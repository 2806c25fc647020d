import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-jwt';
import { AuthSettings } from '../../config/settings';
import { AccessClaims, TOKEN_ALGORITHM, TOKEN_AUDIENCE, TOKEN_ISSUER } from '../tokens/access-tokens';
import { accessTokenKeys, signerOf } from '../tokens/token-keys';
import { bearerOf } from '../access/bearer';

/** The claims of a verified access token. */
export type VerifiedClaims = Pick<AccessClaims, 'sub' | 'sid'> & {
  /** Whether `sid` is a portal link. */
  readonly portal: boolean;
  /** When the token expires, s since 1970. */
  readonly exp: number;
};

/**
 * Verifies the signature, the claims and the age of an access token: nothing that can change, because passport keeps
 * one strategy per process. The guard checks whether the session is still valid.
 */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(settings: AuthSettings) {
    const keys = accessTokenKeys(settings);
    super({
      jwtFromRequest: (request: FastifyRequest) => bearerOf(request) ?? null,
      secretOrKeyProvider: (_request: unknown, token: string, done) =>
        done(null, signerOf(token, keys) as unknown as Buffer), // its types know no KeyObject yet
      algorithms: [TOKEN_ALGORITHM],
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
    });
  }

  validate({ sub, sid, exp, portal }: Partial<VerifiedClaims>): VerifiedClaims | undefined {
    const isComplete = typeof sub === 'string' && typeof sid === 'string' && typeof exp === 'number';
    return isComplete ? { sub, sid, exp, portal: portal === true } : undefined;
  }
}
