import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../../common/errors/problem';
import { keptPayer } from '../../common/flow/payer';
import { SECOND_MS } from '../../common/time/units';
import { clientNetwork } from '../throttle/client-network';
import { StrangerThrottle } from '../throttle/stranger-throttle';
import { KnownCallers } from './known-callers';

/**
 * Limits the calls that no account pays for: the API document, files of the page, logins, unknown paths, and every 401.
 * A stranger's calls count by address, before anything else is done. The calls of a client with a token or key count by
 * account: nobody is refused because of others behind the same address, and an expired token is no way around the
 * limit. (P5)
 */
@Injectable()
export class StrangerGate {
  constructor(
    private readonly throttle: StrangerThrottle,
    private readonly callers: KnownCallers,
  ) {}

  /** @param uncounted paths whose calls are not limited */
  watch(fastify: FastifyInstance, uncounted: RegExp): void {
    fastify.addHook('onRequest', (request, reply, done) => {
      if (!this.throttle.isBusy || uncounted.test(request.url)) return done();
      const decide = (payer: string | undefined) => {
        const waitMs = this.throttle.waitMs(payer ?? addressOf(request));
        if (waitMs === 0) return done();
        void reply.header('connection', 'close');
        done(tooMany(waitMs));
      };
      this.callers.tellPayer(request, decide, done);
    });
    fastify.addHook('onSend', (request, _reply, _payload, done) => {
      if (keptPayer(request) === undefined && !uncounted.test(request.url))
        this.throttle.count(this.callers.payerKnown(request) ?? addressOf(request));
      done();
    });
  }
}

const addressOf = ({ ip }: FastifyRequest): string => `address ${clientNetwork(ip)}`;

const tooMany = (waitMs: number) =>
  new Problem('rate_limited', 'Too many calls without valid credentials. Wait before the next one.', {
    retryAfterSeconds: waitMs / SECOND_MS,
  });
