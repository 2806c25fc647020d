import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ProblemDto } from '../common/errors/problem.dto';
import { declareProblems } from './problem-responses';
import { VERSION } from '../common/process/version';

const DESCRIPTION = `Every user has their own queue, served strictly in turn: one request at a time, in the order of
acceptance. Errors are \`application/problem+json\` with a \`code\` of one catalogue; every answer has \`X-Request-Id\`.`;

const METRICS_TOKEN = 'METRICS_TOKEN. If none is set, the machine of the process alone may read the metrics.';

/** Builds the document of all routes. */
export function createDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Turnwise')
    .setDescription(DESCRIPTION)
    .setVersion(VERSION)
    .addServer('./', 'Relative to this document, so that it holds behind a path prefix too')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      description: 'The access token of a login or of a portal link (a JWT), or an API key (`tw_...`)',
    })
    .addSecurity('metrics', { type: 'http', scheme: 'bearer', description: METRICS_TOKEN })
    .build();
  const document = SwaggerModule.createDocument(app, config, { extraModels: [ProblemDto] });
  closeRequestBodies(document);
  return declareProblems(document);
}

/** Unknown fields of a body are refused, and the document says so. */
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

/** Serves the document at `/docs-json`, written once, and its page at `/docs` from files of this server alone. */
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
    swaggerOptions: { displayRequestDuration: true, persistAuthorization: false },
  });
}
