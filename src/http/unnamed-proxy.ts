import type { FastifyInstance } from 'fastify';
import { EventLog } from '../common/log/event-log';

/**
 * Warns once of a call that has come through a proxy which `TRUST_PROXY` does not name: all who come through it count as one
 * address, so that one guesser of passwords locks the others out.
 */
export function warnOfUnnamedProxy(fastify: FastifyInstance): void {
  const log = new EventLog('UnnamedProxy');
  let isTold = false;
  fastify.addHook('onRequest', (call, _reply, done) => {
    const address = call.socket.remoteAddress;
    if (!isTold && call.headers['x-forwarded-for'] !== undefined && address === call.ip) {
      isTold = true;
      log.write('proxy.unnamed', { address });
    }
    done();
  });
}
