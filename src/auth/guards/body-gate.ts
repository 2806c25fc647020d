import { Injectable, OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { JwtService, type JwtVerifyOptions } from '@nestjs/jwt';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../../common/time/clock';
import { MINUTE_MS, SECOND_MS } from '../../common/time/units';
import { bearerOf } from '../access/bearer';
import { ApiKeyCheck } from '../credentials/api-key-check';
import { API_KEY_PREFIX } from '../credentials/api-key-text';
import { TOKEN_ALGORITHM, TOKEN_AUDIENCE, TOKEN_ISSUER } from '../tokens/access-tokens';
import { isProtected } from './protected-route';
import { unauthorized } from './refusals';
import { VerifiedTokens } from './verified-tokens';

/** After which a key that was good is looked up again. */
const KEY_KNOWN_MS = MINUTE_MS;

/** A larger rest is not even taken in and thrown away: the connection ends with the refusal. Bytes. */
const MOST_THROWN_AWAY = 8 * 1024;

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
 * minute; whether that lets its caller in now is for the guards to say.
 */
@Injectable()
export class BodyGate implements OnModuleInit {
  private readonly keysOfLate = new VerifiedTokens<{ exp: number }>();

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
      const judged = this.isKnown(bearerOf(request) ?? '');
      const decide = (isKnown: boolean) => {
        if (isKnown) return done();
        if (!(Number(request.headers['content-length']) <= MOST_THROWN_AWAY))
          void reply.header('connection', 'close');
        done(unauthorized());
      };
      if (typeof judged === 'boolean') decide(judged);
      else judged.then(decide, (error: Error) => done(error));
    });
  }

  private isKnown(token: string): boolean | Promise<boolean> {
    const now = this.clock.wall();
    if (!token.startsWith(API_KEY_PREFIX))
      return this.verified.find(token, now) !== undefined || this.isSigned(token);
    return this.keysOfLate.find(token, now) !== undefined || this.isKey(token, now);
  }

  private isSigned(token: string): boolean {
    try {
      this.jwt.verify(token, OURS);
      return true;
    } catch {
      return false;
    }
  }

  private async isKey(text: string, now: number): Promise<boolean> {
    if ((await this.keys.find(text)) === undefined) return false;
    this.keysOfLate.add(text, { exp: (now + KEY_KNOWN_MS) / SECOND_MS });
    return true;
  }
}

/** Whether anything would be read and parsed; GET and HEAD have no body for Fastify. */
const hasBody = ({ method, headers }: FastifyRequest): boolean =>
  method !== 'GET' &&
  method !== 'HEAD' &&
  (headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0');
