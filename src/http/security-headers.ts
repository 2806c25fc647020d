import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** The page's own files and calls, and nothing else: no inline script or style, no frame around it. */
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

/** Swagger UI brings inline styles; its scripts are files all the same. */
const DOCS_POLICY = {
  ...STRICT_POLICY,
  directives: { ...STRICT_POLICY.directives, styleSrc: ["'self'", "'unsafe-inline'"] },
};

/** The page as a portal: the pages of these origins may frame it, and nobody else. */
const portalPolicy = (origins: readonly string[]) => ({
  ...STRICT_POLICY,
  directives: { ...STRICT_POLICY.directives, frameAncestors: [...origins] },
});

/**
 * Security headers on every answer, and `no-store` on all that does not say otherwise.
 * @param portalOrigins of pages that may show the portal in a frame
 */
export async function sendSecurityHeaders(
  app: NestFastifyApplication,
  portalOrigins: readonly string[],
): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRoute', (route) => {
    if (/^\/docs(\/|$)/.test(route.url)) route.helmet = { contentSecurityPolicy: DOCS_POLICY };
    // frameguard is the older header: it knows no list, and browsers that know frame-ancestors ignore it.
    if (portalOrigins.length > 0 && PORTAL.test(route.url))
      route.helmet = { contentSecurityPolicy: portalPolicy(portalOrigins), frameguard: false };
  });
  await app.register(helmet, { contentSecurityPolicy: STRICT_POLICY });
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id).header('cache-control', 'no-store');
    done();
  });
}
