import { Injectable } from '@nestjs/common';
import { JwtService, type JwtVerifyOptions } from '@nestjs/jwt';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../../common/time/clock';
import { MINUTE_MS, SECOND_MS } from '../../common/time/units';
import { bearerOf } from '../access/bearer';
import { ApiKeyCheck } from '../credentials/api-key-check';
import { API_KEY_PREFIX } from '../credentials/api-key-text';
import { AccessClaims, TOKEN_ALGORITHM, TOKEN_AUDIENCE, TOKEN_ISSUER } from '../tokens/access-tokens';
import { VerifiedTokens } from './verified-tokens';

/** After which a key that was good is looked up again. */
const KEY_KNOWN_MS = MINUTE_MS;

type Claims = Pick<AccessClaims, 'sub' | 'sid'> & { readonly portal?: boolean };

/** A token that has run out is ours all the same: its client is told so, and does not lose its connection. */
const OURS: JwtVerifyOptions = {
  algorithms: [TOKEN_ALGORITHM],
  issuer: TOKEN_ISSUER,
  audience: TOKEN_AUDIENCE,
  ignoreExpiration: true,
};

/**
 * Tells known callers from strangers, cheaply and before any guard runs: a known one has a token that we have signed, or a key
 * that stood within the last minute. Whether that lets it in now is for the guards to say.
 */
@Injectable()
export class KnownCallers {
  private readonly keysOfLate = new VerifiedTokens<{ sub: string; exp: number }>();

  constructor(
    private readonly verified: VerifiedTokens,
    private readonly jwt: JwtService,
    private readonly keys: ApiKeyCheck,
    private readonly clock: Clock,
  ) {}

  /**
   * Tells a hook whose bounds the call counts against; undefined of a stranger. At once, unless a key is to be looked up.
   * @param failed told why a key could not be looked up
   */
  tellPayer(
    request: FastifyRequest,
    tell: (payer: string | undefined) => void,
    failed: (error: Error) => void,
  ): void {
    const token = bearerOf(request);
    const known = token === undefined ? undefined : this.payerKnownBy(token);
    if (token === undefined || known !== undefined || !isKey(token)) tell(known);
    else this.ownerOfKey(token, request.ip).then(tell, failed);
  }

  /** The same without a look-up: a key that was not good within the last minute is a stranger's. */
  payerKnown(request: FastifyRequest): string | undefined {
    const token = bearerOf(request);
    return token === undefined ? undefined : this.payerKnownBy(token);
  }

  private payerKnownBy(token: string): string | undefined {
    const now = this.clock.wall();
    if (isKey(token)) return this.keysOfLate.find(token, now)?.sub;
    return payerNamedBy(this.verified.find(token, now) ?? this.signed(token));
  }

  private signed(token: string): Claims | undefined {
    try {
      return this.jwt.verify<Claims>(token, OURS);
    } catch {
      return undefined;
    }
  }

  private async ownerOfKey(text: string, address: string): Promise<string | undefined> {
    const sub = (await this.keys.find(text, address))?.userId;
    if (sub !== undefined)
      this.keysOfLate.add(text, { sub, exp: (this.clock.wall() + KEY_KNOWN_MS) / SECOND_MS });
    return sub;
  }
}

const isKey = (token: string): boolean => token.startsWith(API_KEY_PREFIX);

/** Each portal link pays for itself. */
const payerNamedBy = (claims: Claims | undefined): string | undefined =>
  claims?.portal === true ? claims.sid : claims?.sub;
