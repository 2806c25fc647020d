import { Injectable } from '@nestjs/common';
import { JwtService, type JwtVerifyOptions } from '@nestjs/jwt';
import type { FastifyRequest } from 'fastify';
import { clientNetwork } from '../../common/flow/client-network';
import { keepPayer } from '../../common/flow/payer';
import { Clock } from '../../common/time/clock';
import { MINUTE_MS, SECOND_MS } from '../../common/time/units';
import { payerOf } from '../access/authenticated-user';
import { bearerOf } from '../access/bearer';
import { API_KEY_PREFIX } from '../credentials/api-key-text';
import { TOKEN_ALGORITHM, TOKEN_AUDIENCE, TOKEN_ISSUER } from '../tokens/access-tokens';
import { AccessCheck } from './access-check';
import type { VerifiedClaims } from './jwt.strategy';
import { VerifiedTokens } from './verified-tokens';

/** How long a valid credential counts as known without another check. */
const KNOWN_MS = MINUTE_MS;

type Claims = Omit<VerifiedClaims, 'portal'> & { readonly portal?: boolean };

/** An expired token still names its account. */
const OURS: JwtVerifyOptions = {
  algorithms: [TOKEN_ALGORITHM],
  issuer: TOKEN_ISSUER,
  audience: TOKEN_AUDIENCE,
  ignoreExpiration: true,
};

/**
 * Separates known callers from strangers, before any guard runs. A known caller has a credential that was valid within
 * the last minute, and that no guard has refused since. The guards decide whether that still lets the caller in.
 */
@Injectable()
export class KnownCallers {
  /** By the text of the credential: whose limits its calls count against. */
  private readonly known = new VerifiedTokens<{ readonly payer: string; readonly exp: number }>();

  constructor(
    private readonly verified: VerifiedTokens,
    private readonly jwt: JwtService,
    private readonly access: AccessCheck,
    private readonly clock: Clock,
  ) {}

  /**
   * Passes the account or customer that the call counts against to `tell`; undefined for a stranger. Calls back at
   * once, unless the credential must be checked.
   * @param failed called with account_locked, or if the check fails
   */
  tellPayer(
    request: FastifyRequest,
    tell: (payer: string | undefined) => void,
    failed: (error: Error) => void,
  ): void {
    const token = bearerOf(request);
    const payer = token === undefined ? undefined : this.known.find(token, this.clock.wall())?.payer;
    if (token === undefined || payer !== undefined) tell(payer);
    else this.checked(token, request.ip).then(tell, failed);
  }

  /** Makes a caller whom a guard has refused a stranger. */
  forget(request: FastifyRequest): void {
    const token = bearerOf(request);
    if (token !== undefined) this.known.delete(token);
    keepPayer(request, undefined);
  }

  /** Whether the caller has a token that we signed, even if it has ended. */
  hasOurToken(request: FastifyRequest): boolean {
    const token = bearerOf(request);
    return token !== undefined && !isKey(token) && this.claimsOf(token) !== undefined;
  }

  /**
   * What a call counts by while its credential is not known to be valid: the network of its client, and the account if
   * the credential names one. Nobody else behind the address counts by the same, nor the account anywhere else.
   */
  strangerOf(request: FastifyRequest): string {
    const token = bearerOf(request);
    const account = token === undefined ? undefined : this.accountNamedBy(token);
    return `${account === undefined ? '' : `account ${account}, `}address ${clientNetwork(request.ip)}`;
  }

  private async checked(token: string, address: string): Promise<string | undefined> {
    const now = this.clock.wall();
    const user = await this.userOf(token, address, now);
    if (user === undefined) return undefined;
    const payer = payerOf(user);
    this.known.add(token, { payer, exp: (now + KNOWN_MS) / SECOND_MS });
    return payer;
  }

  private async userOf(token: string, address: string, now: number) {
    if (isKey(token)) return this.access.ofKey(token, address);
    const claims = this.claimsOf(token);
    if (claims === undefined || claims.exp * SECOND_MS <= now) return undefined;
    return this.access.ofClaims({ ...claims, portal: claims.portal === true });
  }

  private accountNamedBy(token: string): string | undefined {
    if (isKey(token)) return this.known.find(token, this.clock.wall())?.payer;
    return this.claimsOf(token)?.sub;
  }

  private claimsOf(token: string): Claims | undefined {
    try {
      return this.verified.find(token, this.clock.wall()) ?? this.jwt.verify<Claims>(token, OURS);
    } catch {
      return undefined;
    }
  }
}

const isKey = (token: string): boolean => token.startsWith(API_KEY_PREFIX);
