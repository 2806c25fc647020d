import type { FastifyInstance } from 'fastify';
import type { JsonLog } from './json-log';

/** Polled every few seconds by probes and scrapers. */
const UNLOGGED = /^\/(health\/.|metrics\/?(\?|$))/;

/** What an account calls its customer may say who that is: it is not logged. */
const CUSTOMER = /(\/customers\/)[^/]+/;

/**
 * Writes a line for each call, once its answer is complete or its client has gone. Only the path of the URL is logged: a
 * query may carry a token, or words of a payload. The other line about a call, its error, gets the `callId` from
 * ProblemFilter: to carry it by an AsyncLocalStorage makes every promise of the process slower before Node 24.
 */
export function logCalls(fastify: FastifyInstance, { calls }: JsonLog): void {
  if (!calls.isLevelEnabled('info')) return;
  fastify.addHook('onRequest', ({ id: callId, raw: { method, url = '', socket } }, { raw }, done) => {
    done();
    if (UNLOGGED.test(url)) return;
    const { remoteAddress } = socket;
    const begun = performance.now();
    raw.once('close', () => {
      const { statusCode } = raw;
      calls.info({
        callId,
        req: { method, path: url.split('?', 1)[0]!.replace(CUSTOMER, '$1-'), remoteAddress },
        res: { statusCode },
        responseTime: Math.round(performance.now() - begun),
        msg: statusCode >= 500 ? 'not answered' : 'answered',
      });
    });
  });
}
