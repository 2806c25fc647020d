import { Validator } from '@seriousme/openapi-schema-validator';
import { AppProcess } from '../support/app-process';
import { dropDatabase, uniqueDatabase } from '../support/mongo-database';
import { RedisServer } from '../support/redis-server';

interface Operation {
  operationId?: string;
  summary?: string;
  responses: Record<string, { content?: object; headers?: object }>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { properties?: Record<string, { description?: string }> }> };
}

let document: Document;
let operations: [string, Operation][];

// The document of the built application: Swagger's compiler plugin does not run under Jest.
beforeAll(async () => {
  const redis = await RedisServer.start();
  const mongodbUri = uniqueDatabase();
  const app = AppProcess.spawn({
    HOST: '127.0.0.1',
    PORT: '0',
    NODE_ENV: 'test',
    REDIS_URL: redis.url,
    MONGODB_URI: mongodbUri,
    JWT_SECRET: 'a-secret-that-only-these-tests-know',
  });
  document = (await (await fetch(`${await app.listening()}/docs-json`)).json()) as Document;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method} ${path}`,
      operation,
    ]),
  );
  app.signal('SIGTERM');
  await app.ended;
  await redis.stop();
  await dropDatabase(mongodbUri);
});

// case F43
it('is valid OpenAPI', async () => {
  const { valid, errors } = await new Validator().validate(document as unknown as Record<string, unknown>);
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
});

it('gives every operation an id of its own and a summary', () => {
  const ids = operations.map(([, { operationId }]) => operationId);
  expect(new Set(ids).size).toBe(operations.length);
  // Nest's own ids name classes and methods; a client's should not change with those
  expect(ids.filter((id) => id === undefined || id.includes('Controller'))).toEqual([]);
  expect(operations.filter(([, { summary }]) => !summary).map(([name]) => name)).toEqual([]);
});

it('declares errors as problems, and the request id of every answer', () => {
  for (const [name, { responses }] of operations) {
    expect([name, Object.keys(responses)]).toEqual([name, expect.arrayContaining(['500', '503'])]);
    for (const [status, { content, headers }] of Object.entries(responses)) {
      expect([name, status, Object.keys(headers ?? {})]).toEqual([
        name,
        status,
        expect.arrayContaining(['X-Request-Id']),
      ]);
      if (Number(status) >= 400)
        expect([name, status, Object.keys(content ?? {})]).toEqual([
          name,
          status,
          ['application/problem+json'],
        ]);
    }
  }
});

it('describes every field', () => {
  const undescribed = Object.entries(document.components.schemas).flatMap(([schema, { properties = {} }]) =>
    Object.entries(properties)
      .filter(([, { description }]) => !description)
      .map(([field]) => `${schema}.${field}`),
  );
  expect(undescribed).toEqual([]);
});
