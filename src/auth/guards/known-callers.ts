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

/** How long a valid key counts as known without another lookup. */
const KEY_KNOWN_MS = MINUTE_MS;

type Claims = Pick<AccessClaims, 'sub' | 'sid'> & { readonly portal?: boolean };

/** An expired token still counts as ours: its client gets a 401 and keeps its connection. */
const OURS: JwtVerifyOptions = {
  algorithms: [TOKEN_ALGORITHM],
  issuer: TOKEN_ISSUER,
  audience: TOKEN_AUDIENCE,
  ignoreExpiration: true,
};

/**
 * Separates known callers from strangers, cheaply and before any guard runs. A known caller has a token that we signed,
 * or a key that was valid within the last minute. The guards decide whether that still lets the caller in.
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
   * Passes the account or portal link that the call counts against to `tell`; undefined for a stranger. Calls back at
   * once, unless a key must be looked up.
   * @param failed called if a lookup fails
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

  /** The same without a lookup: a key that was not valid within the last minute belongs to a stranger. */
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

/** Each portal link has its own limits. */
const payerNamedBy = (claims: Claims | undefined): string | undefined =>
  claims?.portal === true ? claims.sid : claims?.sub;
