import type { FastifyRequest } from 'fastify';

/**
 * The token of an Authorization header (RFC 6750). The pattern is anchored: passport-jwt's own takes the square of the
 * header's length, half a second for one that Node takes, before anybody is known. (P5)
 */
const BEARER = /^bearer +(\S+) *$/i;

export const bearerOf = ({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined =>
  BEARER.exec(headers.authorization ?? '')?.[1];
