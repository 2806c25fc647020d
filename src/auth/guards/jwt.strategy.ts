import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-jwt';
import { AuthSettings } from '../../config/settings';
import { AccessClaims, TOKEN_ALGORITHM, TOKEN_AUDIENCE, TOKEN_ISSUER } from '../tokens/access-tokens';
import { accessTokenKeys, signerOf } from '../tokens/token-keys';
import { bearerOf } from '../access/bearer';

/** What an access token of ours says: whose it is, of which session, and until when. */
export type VerifiedClaims = Pick<AccessClaims, 'sub' | 'sid'> & {
  /** Its `sid` is a portal link. */
  readonly portal: boolean;
  /** Its age is over then, s. */
  readonly exp: number;
};

/**
 * Verifies the signature, the claims and the age of an access token, and nothing that can change: passport keeps
 * one strategy a process. Whether the session still stands is the guard's to ask.
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
