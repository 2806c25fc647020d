import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ProblemDto } from '../common/errors/problem.dto';
import { befriendGenerators } from './generator-friendly';
import { declareProblems } from './problem-responses';
import { VERSION } from '../common/process/version';

const DESCRIPTION = `Every user has their own queue, served strictly in turn: one request at a time, in the order of
acceptance. Errors are \`application/problem+json\` with a \`code\` of one catalogue; every answer has \`X-Request-Id\`.`;

const METRICS_TOKEN =
  'METRICS_TOKEN. If it is not set, nobody may read the metrics in production; otherwise only this machine may.';

/** Builds the document of all routes. */
function createDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Turnwise')
    .setDescription(DESCRIPTION)
    .setVersion(VERSION)
    .addServer('./', 'Relative to this document, so it also works behind a path prefix')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      description: 'The access token of a login or of a portal link (a JWT), or an API key (`tw_...`)',
    })
    .addSecurity('metrics', { type: 'http', scheme: 'bearer', description: METRICS_TOKEN })
    .build();
  const document = SwaggerModule.createDocument(app, config, { extraModels: [ProblemDto] });
  closeRequestBodies(document);
  befriendGenerators(document);
  return declareProblems(document);
}

/** Declares that unknown fields of a body are refused. */
function closeRequestBodies({ paths, components }: OpenAPIObject): void {
  const schemas = (components?.schemas ?? {}) as Record<
    string,
    { type?: string; additionalProperties?: boolean }
  >;
  const closed = new Set<string>();
  const close = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const name = '$ref' in value ? String(value.$ref).split('/').pop() : undefined;
    const schema = name === undefined ? undefined : schemas[name];
    if (name !== undefined && schema !== undefined && !closed.has(name)) {
      closed.add(name);
      if (schema.type === 'object') schema.additionalProperties ??= false;
      close(schema);
    }
    for (const part of Object.values(value)) close(part);
  };
  for (const operations of Object.values(paths))
    for (const operation of Object.values(operations as Record<string, { requestBody?: unknown }>))
      close(operation.requestBody);
}

/**
 * Fixes the accessibility of Swagger UI: contrast of 4.5 : 1, examples without scrolling, and no unlabelled menu for
 * the only server. The menu of examples stays unlabelled: CSS cannot reach it.
 */
const DOCS_CSS = `
  .swagger-ui .info .title small { background: #3b4151; }
  .swagger-ui .info .title small.version-stamp { background: #3f6600; }
  .swagger-ui .info .title small pre.version { color: #fff; }
  html:not(.dark-mode) .swagger-ui .opblock-get .opblock-summary-method { background: #1d63a8; }
  html:not(.dark-mode) .swagger-ui .opblock-post .opblock-summary-method { background: #1b7a4b; }
  html:not(.dark-mode) .swagger-ui .opblock-put .opblock-summary-method { background: #8a5200; }
  html:not(.dark-mode) .swagger-ui .opblock-patch .opblock-summary-method { background: #0f6b64; }
  html:not(.dark-mode) .swagger-ui .opblock-delete .opblock-summary-method { background: #b3261e; }
  html:not(.dark-mode) .swagger-ui .btn.authorize { color: #17603c; border-color: currentcolor; }
  html:not(.dark-mode) .swagger-ui .btn.authorize svg { fill: currentcolor; }
  html:not(.dark-mode) .swagger-ui .parameter__in, html:not(.dark-mode) .swagger-ui .header-example { color: #5c6570; }
  .swagger-ui .servers-title, .swagger-ui .servers { display: none; }
  .swagger-ui pre.microlight { max-height: none; overflow: visible !important; white-space: pre-wrap; overflow-wrap: anywhere; }
`;

/** Serves the document at `/docs-json`, serialised once, and its page at `/docs`, with files of this server only. */
export function serveOpenApi(app: NestFastifyApplication): void {
  let document: OpenAPIObject | undefined;
  let bytes: Buffer | undefined;
  const built = () => (document ??= createDocument(app));
  app
    .getHttpAdapter()
    .getInstance()
    .get('/docs-json', (_request, reply) => {
      bytes ??= Buffer.from(JSON.stringify(built()));
      return reply.type('application/json; charset=utf-8').send(bytes);
    });
  SwaggerModule.setup('docs', app, built, {
    raw: false,
    customSiteTitle: 'Turnwise API',
    customCss: DOCS_CSS,
    // Links to operations would be links within buttons, and no highlighter theme has enough contrast.
    swaggerOptions: {
      displayRequestDuration: true,
      persistAuthorization: false,
      deepLinking: false,
      syntaxHighlight: false,
    },
  });
}
