import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ProblemDto } from '../common/errors/problem.dto';
import { declareCommonResponses } from './common-responses';
import { VERSION } from '../common/version';

const DESCRIPTION = `Every user has their own queue, served strictly in turn: one request at a time, in the order of
acceptance. Errors are \`application/problem+json\` with a \`code\` of one catalogue; every answer has \`X-Request-Id\`.`;

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
      description: 'The access token of a login (a JWT), or an API key (`tw_...`)',
    })
    .build();
  const document = SwaggerModule.createDocument(app, config, { extraModels: [ProblemDto] });
  return declareCommonResponses(document);
}

/** Serves the document at `/docs-json`, and its page at `/docs` from files of this server alone. */
export function serveOpenApi(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => createDocument(app), {
    raw: ['json'],
    customSiteTitle: 'Turnwise API',
    swaggerOptions: { displayRequestDuration: true, persistAuthorization: false },
  });
}
