import type { IncomingMessage } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { CATALOGUE } from '../common/errors/catalogue';
import { Problem } from '../common/errors/problem';

/** The longest part of a path between two slashes, in characters. */
export const MAX_PATH_PART = 400;

/** No route has this path. */
const NO_ROUTE = '/-';

const refusals = new WeakMap<IncomingMessage, Problem>();

/**
 * Takes a call whose path the router refuses, before any hook. Routes it again, to no route: the call then passes every
 * hook like any other, so that it is logged and limited, and `answerUnknownRoutes` answers it. (P5)
 */
export function routeRefusedPath(
  { statusCode }: FastifyError,
  { raw, server }: FastifyRequest,
  reply: FastifyReply,
): void {
  refusals.set(
    raw,
    statusCode === CATALOGUE.uri_too_long.status
      ? new Problem('uri_too_long', `A part of the path is longer than ${MAX_PATH_PART} characters.`)
      : new Problem('bad_request', 'The path is not a valid URL.'),
  );
  server.routing(Object.assign(raw, { originalUrl: raw.url, url: NO_ROUTE }), reply.raw);
}

/** Why the router has refused the path of a call; undefined if it has not. */
export const refusalOf = ({ raw }: FastifyRequest): Problem | undefined => refusals.get(raw);
