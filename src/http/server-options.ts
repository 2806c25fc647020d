import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { FastifyHttpOptions, FastifyInstance } from 'fastify';
import type { HttpSettings } from '../config/settings';
import { SECOND_MS } from '../common/time/units';
import { answerClientError } from './client-error';
import { MAX_PATH_PART, routeRefusedPath } from './refused-paths';

/** The largest body that is read, in bytes. */
const BODY_LIMIT = 1024 * 1024;

/** The limit for calls without a credential: a login is short, and is parsed before the caller is known. */
const AUTH_BODY_LIMIT = 8 * 1024;

/** How long the headers, and the whole request, may take to arrive. */
const HEADERS_TIMEOUT_MS = 15 * SECOND_MS;
const REQUEST_TIMEOUT_MS = 30 * SECOND_MS;

/** Longer than the usual idle time of load balancers (60 s), so that the balancer closes a connection first. */
const KEEP_ALIVE_MS = 72 * SECOND_MS;

const SAFE_ID = /^[A-Za-z0-9._-]{1,64}$/;

/** The caller's `X-Request-Id` if it is harmless in logs and headers, otherwise a new one. */
function callId(request: { headers: IncomingMessage['headers'] }): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && SAFE_ID.test(given) ? given : randomUUID();
}

/** Sets the body limit of each route. Call it before any route is added. */
export function limitBodies(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    route.bodyLimit = /^\/auth(\/|$)/.test(route.url) ? AUTH_BODY_LIMIT : BODY_LIMIT;
  });
}

export function serverOptions({ trustProxy }: HttpSettings): FastifyHttpOptions<Server> {
  return {
    bodyLimit: BODY_LIMIT,
    // Trusts X-Forwarded-For only from the named proxies: the login throttles count by address.
    trustProxy: trustProxy.length === 0 ? false : [...trustProxy],
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: {
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: 5 * SECOND_MS,
      requireHostHeader: false, // answerForNode refuses it, with a reason
    },
    routerOptions: { maxParamLength: MAX_PATH_PART },
    genReqId: callId,
    clientErrorHandler: answerClientError,
    frameworkErrors: routeRefusedPath,
  };
}
