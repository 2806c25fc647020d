import type { FastifyInstance } from 'fastify';
import helmet from 'helmet';

/** Only the page's own files and calls: no inline script or style, no frame around it. */
const STRICT_POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    formAction: ["'none'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
};

/** The page under this path is the portal. */
const PORTAL = /^\/portal(\/|$)/;

/** Swagger UI has inline styles; its scripts are files. */
const DOCS_POLICY = {
  ...STRICT_POLICY,
  directives: { ...STRICT_POLICY.directives, styleSrc: ["'self'", "'unsafe-inline'"] },
};

/** The page as a portal: only pages of these origins may frame it. */
const portalPolicy = (origins: readonly string[]) => ({
  ...STRICT_POLICY,
  directives: { ...STRICT_POLICY.directives, frameAncestors: [...origins] },
});

/** The pages of the OpenAPI document. */
const DOCS = /^\/docs(\/|$)/;

/**
 * Security headers on every answer, and `no-store` unless an answer sets its own. Helmet is set up once per policy,
 * because its Fastify plugin would do so in each call.
 * @param portalOrigins of pages that may show the portal in a frame
 */
export function sendSecurityHeaders(fastify: FastifyInstance, portalOrigins: readonly string[]): void {
  const strict = helmet({ contentSecurityPolicy: STRICT_POLICY });
  const docs = helmet({ contentSecurityPolicy: DOCS_POLICY });
  // frameguard is the older header. It cannot list origins, and browsers that support frame-ancestors ignore it.
  const portal =
    portalOrigins.length > 0
      ? helmet({ contentSecurityPolicy: portalPolicy(portalOrigins), frameguard: false })
      : strict;
  const of = (route = '') => (DOCS.test(route) ? docs : PORTAL.test(route) ? portal : strict);
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id).header('cache-control', 'no-store');
    of(request.routeOptions.url)(request.raw, reply.raw, done as (error?: unknown) => void);
  });
}
