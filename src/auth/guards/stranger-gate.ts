import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../../common/errors/problem';
import { keptPayer } from '../../common/flow/payer';
import { SECOND_MS } from '../../common/time/units';
import { isAccountLocked } from '../../users/account-check';
import { StrangerThrottle } from '../throttle/stranger-throttle';
import { KnownCallers } from './known-callers';
import { isProtected } from './protected-route';

/**
 * Limits the calls that no account pays for: the API document, files of the page, logins, unknown paths, and every 401.
 * A stranger's calls count by address, before anything else is done. The calls of a client with a token that has ended
 * count by account and address: nobody is refused because of others behind the same address, and the token is no way
 * around the limit. A valid credential opens the protected routes, whatever anybody else does. (P5)
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
      const waitMs = this.throttle.waitMs(this.callers.strangerOf(request));
      if (waitMs === 0) return done();
      const refuse = () => {
        void reply.header('connection', 'close');
        done(tooMany(waitMs));
      };
      if (!isProtected(request.routeOptions)) return refuse();
      this.callers.tellPayer(
        request,
        (payer) => (payer === undefined ? refuse() : done()),
        (error) => (isAccountLocked(error) ? refuse() : done(error)),
      );
    });
    fastify.addHook('onSend', (request, _reply, _payload, done) => {
      if (keptPayer(request) === undefined && !uncounted.test(request.url))
        this.throttle.count(this.callers.strangerOf(request));
      done();
    });
  }
}

const tooMany = (waitMs: number) =>
  new Problem('rate_limited', 'Too many calls without valid credentials. Wait before the next one.', {
    retryAfterSeconds: waitMs / SECOND_MS,
  });
