import SwaggerParser from '@apidevtools/swagger-parser';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { OpenAPIV3 } from 'openapi-types';
import { DOCUMENT, Operation, operationsOf } from '../../support/openapi-document';

let operations: Operation[];
beforeAll(async () => {
  operations = [...(await operationsOf()).values()];
});

it('the document is valid OpenAPI by two validators', async () => {
  const document = structuredClone(DOCUMENT);
  const { errors } = await new Validator().validate(document as unknown as Record<string, unknown>);
  expect(errors).toBeUndefined();
  await expect(SwaggerParser.validate(structuredClone(DOCUMENT))).resolves.toBeDefined();
});

it('every operation has its own ID and a summary', () => {
  const all = Object.values(DOCUMENT.paths).flatMap((path) => Object.values(path ?? {}));
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(all.length);
  // Nest's default IDs name classes and methods; a client must not change with those
  expect(operations.filter(({ operationId }) => operationId!.includes('Controller'))).toEqual([]);
  expect(operations.filter(({ summary }) => !summary).map(({ operationId }) => operationId)).toEqual([]);
});

it('every public route with a body reads it', () => {
  // the other routes refuse a body that they do not read: @Authenticated()
  const open = Object.values(DOCUMENT.paths).flatMap((path) =>
    [path?.post, path?.put, path?.patch, path?.delete].filter((each) => each && !each.security?.length),
  );
  expect(open.length).toBeGreaterThan(0);
  expect(open.filter((each) => each?.requestBody === undefined)).toEqual([]);
});

it('all errors are declared as problems, and all answers with X-Request-Id', () => {
  for (const { operationId, responses } of operations) {
    expect([operationId, Object.keys(responses)]).toEqual([
      operationId,
      expect.arrayContaining(['408', '431', '500', '503']),
    ]);
    for (const [status, answer] of Object.entries(responses)) {
      const { content, headers } = answer as OpenAPIV3.ResponseObject;
      const at = [operationId, status];
      expect([...at, Object.keys(headers ?? {})]).toEqual([...at, expect.arrayContaining(['X-Request-Id'])]);
      if (Number(status) >= 400)
        expect([...at, Object.keys(content ?? {})]).toEqual([...at, ['application/problem+json']]);
      if (['429', '503'].includes(status))
        expect([...at, Object.keys(headers ?? {})]).toEqual([...at, expect.arrayContaining(['Retry-After'])]);
    }
  }
});

it('an operation has the errors of its route, of its controller and of every route', () => {
  const enqueue = operations.find(({ operationId }) => operationId === 'enqueue')!;
  const codesOf = (status: string) => {
    const { content } = enqueue.responses[status] as OpenAPIV3.ResponseObject;
    return Object.keys(content!['application/problem+json']!.examples!);
  };
  expect(codesOf('429')).toEqual(['queue_full', 'storage_full', 'rate_limited']);
  expect(codesOf('422')).toEqual([
    'validation_failed',
    'unknown_type',
    'payload_too_large',
    'payload_too_deep',
    'idempotency_key_reused',
  ]);
});

/** The names of the schemas that a part of the document refers to, directly or through others. */
function schemasOf(part: unknown, found = new Set<string>()): Set<string> {
  for (const [, name = ''] of JSON.stringify(part).matchAll(/#\/components\/schemas\/(\w+)/g)) {
    if (found.has(name)) continue;
    found.add(name);
    schemasOf(DOCUMENT.components!.schemas![name], found);
  }
  return found;
}

/** A parameter, or a field of a body. */
interface Field extends OpenAPIV3.BaseSchemaObject {
  readonly at: string;
  readonly type?: string;
  readonly items?: Omit<Field, 'at'>;
  readonly isSent: boolean;
}

function allFields(): Field[] {
  const parameters = operations.flatMap(({ operationId, parameters = [] }) =>
    (parameters as OpenAPIV3.ParameterObject[]).map(
      ({ name, schema, description = '' }) =>
        ({ ...schema, description, at: `${operationId} ${name}`, isSent: true }) as Field,
    ),
  );
  const all = Object.values(DOCUMENT.paths).flatMap((path) => Object.values(path ?? {}));
  const sent = schemasOf(all.map((each) => (each as OpenAPIV3.OperationObject).requestBody ?? {}));
  const fields = Object.entries(DOCUMENT.components!.schemas!).flatMap(([name, schema]) =>
    Object.entries((schema as OpenAPIV3.SchemaObject).properties ?? {}).map(
      ([field, inner]) => ({ ...inner, at: `${name}.${field}`, isSent: sent.has(name) }) as Field,
    ),
  );
  return [...parameters, ...fields];
}

const isScalar = ({ type = '' }: Pick<Field, 'type'>) => ['string', 'integer', 'number'].includes(type);

/** Texts and numbers that the API itself gave out, and a header that may have preferences of others. */
const UNBOUNDED = /(\bid|requestId|cursor|Last-Event-ID|fencingToken|Prefer)$/;

function isBounded(field: Omit<Field, 'at' | 'isSent'>): boolean {
  const { type, items, enum: values, pattern, maxLength, format, minimum, maximum, maxItems } = field;
  if (type === 'array') return maxItems !== undefined && (items === undefined || isBounded(items));
  if (type === 'string')
    return [values, pattern, maxLength].some((each) => each !== undefined) || format === 'date-time';
  return !isScalar(field) || (minimum !== undefined && maximum !== undefined);
}

it('every parameter and field has a description, and an example if it does not list its values', () => {
  const fields = allFields();
  expect(fields.filter(({ description }) => !description).map(({ at }) => at)).toEqual([]);
  const bare = fields.filter(
    ({ example, items, ...each }) =>
      isScalar(items ?? each) && example === undefined && (items?.enum ?? each.enum) === undefined,
  );
  expect(bare.map(({ at }) => at)).toEqual([]);
});

it('every parameter and field that is sent has bounds', () => {
  const sent = allFields().filter(({ at, isSent }) => isSent && !UNBOUNDED.test(at));
  expect(sent.length).toBeGreaterThan(50);
  expect(sent.filter((each) => !isBounded(each)).map(({ at }) => at)).toEqual([]);
});

it('the operations of requests, queue, types, events and webhook secrets act for customers, and no other', () => {
  const takesCustomer = ({ parameters = [] }: Operation) =>
    parameters.some((each) => 'name' in each && each.name === 'Turnwise-User');
  for (const operation of operations)
    expect([operation.operationId, takesCustomer(operation)]).toEqual([
      operation.operationId,
      /^\/(enqueue|requests|queue|types|events|webhooks)\b/.test(operation.path),
    ]);
});

it('all successes of an operation have one schema', () => {
  // A generated client has one type for them, often that of the lowest status.
  const successes = Object.values(DOCUMENT.paths).flatMap((path) =>
    Object.values(path as Record<string, OpenAPIV3.OperationObject>).map(({ operationId, responses }) => {
      const answers = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      const contents = answers.map(([, answer]) =>
        JSON.stringify((answer as OpenAPIV3.ResponseObject).content),
      );
      return [operationId, new Set(contents.filter((content) => content !== undefined)).size] as const;
    }),
  );
  expect(successes.length).toBeGreaterThan(50);
  expect(successes.filter(([, schemas]) => schemas > 1)).toEqual([]);
});

it('the document has what client generators need', () => {
  const schemas = DOCUMENT.components!.schemas!;
  const names = Object.keys(schemas);
  // Go and others generate a constructor `NewX` for each X, and files or classes whose names ignore case.
  expect(names.filter((name) => names.includes(`New${name}`))).toEqual([]);
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  const anything = [
    'EnqueueDto.payload',
    'BatchItemDto.payload',
    'RequestDto.payload',
    'RequestDto.result',
    'RequestErrorDto.details',
    'ClaimedRequestDto.payload',
    'CompleteDto.result',
    'TypeDto.example',
  ].map((field) => {
    const [schema = '', name = ''] = field.split('.');
    const { properties } = schemas[schema] as OpenAPIV3.SchemaObject;
    return [
      field,
      ...Object.keys(properties![name]!).filter((keyword) => !/^(description|example)$/.test(keyword)),
    ];
  });
  expect(anything.filter(([, ...keywords]) => keywords.length > 0)).toEqual([]);
  const numbers: unknown[] = [];
  const visit = (value: unknown, areFields = false): void => {
    if (typeof value !== 'object' || value === null) return;
    const { type, format } = value as OpenAPIV3.SchemaObject;
    if (type === 'integer' || type === 'number') numbers.push(format);
    for (const [name, inner] of Object.entries(value))
      if (areFields || !name.startsWith('example')) visit(inner, name === 'properties');
  };
  visit(DOCUMENT);
  expect(new Set(numbers)).toEqual(new Set(['int32', 'int64', 'double']));
});
