import type { FastifyRequest } from 'fastify';

/**
 * The token of an Authorization header (RFC 6750). The pattern is anchored. The one of passport-jwt takes time
 * quadratic in the length of the header: half a second for the longest that Node accepts, before the caller is known.
 * (P5)
 */
const BEARER = /^bearer +(\S+) *$/i;

export const bearerOf = ({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined =>
  BEARER.exec(headers.authorization ?? '')?.[1];
