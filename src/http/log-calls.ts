import type { FastifyInstance, FastifyRequest } from 'fastify';
import { FieldsOf, LOG_EVENTS } from '../common/log/catalogue';
import { traceIdOf, traceparentOf } from '../common/trace/traceparent';
import type { JsonLog } from './json-log';

/** Polled every few seconds by probes and scrapers. */
const UNLOGGED = /^\/(health\/.|metrics\/?(\?|$))/;

/** An account's ID of a customer may identify a person, so it is not logged. */
const CUSTOMER = /(\/customers\/)[^/]+/;

/** Error codes of answers, by Fastify's request. */
const errorCodes = new WeakMap<object, string>();

/** Sets the error code for the log line of the call. */
export const noteErrorCode = (call: object, code: string): void => void errorCodes.set(call, code);

/** A call whose caller may be known: the guards have checked it. */
type JudgedCall = FastifyRequest & {
  readonly user?: { readonly userId?: string; readonly credential?: { readonly accountId: string } };
};

/**
 * Writes the line `call.ended` for each call (docs/logs.md), once its answer is complete or its client is gone. Logs
 * only the path of the URL: a query may hold a token, or words of a payload. The error line of a call gets its `callId`
 * from ProblemFilter, because an AsyncLocalStorage makes every promise of the process slower before Node 24.
 */
export function logCalls(fastify: FastifyInstance, { calls }: JsonLog): void {
  if (!calls.isLevelEnabled('info')) return;
  fastify.addHook('onRequest', (call: JudgedCall, { raw }, done) => {
    done();
    const { method = '', url = '', socket } = call.raw;
    if (UNLOGGED.test(url)) return;
    const { remoteAddress: address } = socket;
    const begun = performance.now();
    raw.once('close', () => {
      const { statusCode } = raw;
      const { userId, credential } = call.user ?? {};
      const isWhole = raw.writableFinished;
      const line: FieldsOf<'call.ended'> = {
        callId: call.id,
        traceId: traceIdOf(traceparentOf(call)),
        userId,
        accountId: credential?.accountId === userId ? undefined : credential?.accountId,
        method,
        path: call.originalUrl.split('?', 1)[0]!.replace(CUSTOMER, '$1-'),
        address,
        statusCode: raw.headersSent ? statusCode : undefined,
        errorCode: errorCodes.get(call),
        durationMs: Math.round(performance.now() - begun),
        outcome: isWhole ? 'answered' : 'client_gone',
      };
      calls.info({ event: 'call.ended', ...line, msg: LOG_EVENTS['call.ended'].msg });
    });
  });
}
