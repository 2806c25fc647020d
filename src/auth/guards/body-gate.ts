import { Injectable, OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { JwtService, type JwtVerifyOptions } from '@nestjs/jwt';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { keepPayer } from '../../common/flow/payer';
import { Clock } from '../../common/time/clock';
import { MINUTE_MS, SECOND_MS } from '../../common/time/units';
import { bearerOf } from '../access/bearer';
import { ApiKeyCheck } from '../credentials/api-key-check';
import { API_KEY_PREFIX } from '../credentials/api-key-text';
import { AccessClaims, TOKEN_ALGORITHM, TOKEN_AUDIENCE, TOKEN_ISSUER } from '../tokens/access-tokens';
import { isProtected } from './protected-route';
import { unauthorized } from './refusals';
import { VerifiedTokens } from './verified-tokens';

/** After which a key that was good is looked up again. */
const KEY_KNOWN_MS = MINUTE_MS;

/** A larger rest is not even taken in and thrown away: the connection ends with the refusal. Bytes. */
const MOST_THROWN_AWAY = 8 * 1024;

type Claims = Pick<AccessClaims, 'sub' | 'sid'> & { readonly portal?: boolean };

/** A token that has run out is ours all the same: its client is told so, and does not lose its connection. */
const OURS: JwtVerifyOptions = {
  algorithms: [TOKEN_ALGORITHM],
  issuer: TOKEN_ISSUER,
  audience: TOKEN_AUDIENCE,
  ignoreExpiration: true,
};

/**
 * Has the bodies of protected routes read of known callers alone, so that what a stranger sends costs no more than its way in:
 * a body is parsed before any guard runs. (P5) It asks for a token that we have signed, or a key that stood within the last
 * minute; whether that lets its caller in now is for the guards to say. The account is noted: it pays for the parsing.
 */
@Injectable()
export class BodyGate implements OnModuleInit {
  private readonly keysOfLate = new VerifiedTokens<{ sub: string; exp: number }>();

  constructor(
    private readonly host: HttpAdapterHost<FastifyAdapter>,
    private readonly verified: VerifiedTokens,
    private readonly jwt: JwtService,
    private readonly keys: ApiKeyCheck,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.host.httpAdapter?.getInstance().addHook('preParsing', (request, reply, _payload, done) => {
      if (!hasBody(request) || !isProtected(request.routeOptions)) return done();
      const decide = (payer: string | undefined) => {
        if (payer !== undefined) {
          keepPayer(request, payer);
          return done();
        }
        if (!(Number(request.headers['content-length']) <= MOST_THROWN_AWAY))
          void reply.header('connection', 'close');
        done(unauthorized());
      };
      const payer = this.payerOf(bearerOf(request) ?? '');
      if (payer instanceof Promise) payer.then(decide, (error: Error) => done(error));
      else decide(payer);
    });
  }

  /** Of a stranger undefined. */
  private payerOf(token: string): string | undefined | Promise<string | undefined> {
    const now = this.clock.wall();
    if (!token.startsWith(API_KEY_PREFIX))
      return payerNamedBy(this.verified.find(token, now) ?? this.signed(token));
    return this.keysOfLate.find(token, now)?.sub ?? this.ownerOfKey(token, now);
  }

  private signed(token: string): Claims | undefined {
    try {
      return this.jwt.verify<Claims>(token, OURS);
    } catch {
      return undefined;
    }
  }

  private async ownerOfKey(text: string, now: number): Promise<string | undefined> {
    const sub = (await this.keys.find(text))?.userId;
    if (sub !== undefined) this.keysOfLate.add(text, { sub, exp: (now + KEY_KNOWN_MS) / SECOND_MS });
    return sub;
  }
}

/** Each portal link pays for itself. */
const payerNamedBy = (claims: Claims | undefined): string | undefined =>
  claims?.portal === true ? claims.sid : claims?.sub;

/** Whether anything would be read and parsed; GET and HEAD have no body for Fastify. */
const hasBody = ({ method, headers }: FastifyRequest): boolean =>
  method !== 'GET' &&
  method !== 'HEAD' &&
  (headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0');
