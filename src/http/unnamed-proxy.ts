import type { FastifyInstance } from 'fastify';
import { EventLog } from '../common/log/event-log';

/**
 * Warns once when a call comes through a proxy that `TRUST_PROXY` does not name. All its clients then count as one
 * address, so one client that guesses passwords locks the others out.
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
