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

/** Swagger UI brings inline styles; its scripts are files all the same. */
const DOCS_POLICY = {
  ...STRICT_POLICY,
  directives: { ...STRICT_POLICY.directives, styleSrc: ["'self'", "'unsafe-inline'"] },
};

/** Security headers on every answer, and `no-store` on all that does not say otherwise. */
export async function sendSecurityHeaders(app: NestFastifyApplication): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRoute', (route) => {
    if (/^\/docs(\/|$)/.test(route.url)) route.helmet = { contentSecurityPolicy: DOCS_POLICY };
  });
  await app.register(helmet, { contentSecurityPolicy: STRICT_POLICY });
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id).header('cache-control', 'no-store');
    done();
  });
}
