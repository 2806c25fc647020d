import type { OpenAPIObject } from '@nestjs/swagger';
import { CATALOGUE, ErrorCode } from '../common/errors/catalogue';
import { PROBLEM_JSON } from '../common/errors/problem-body';

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;
type Responses = Operation['responses'];

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

const ALWAYS: readonly ErrorCode[] = ['internal', 'unavailable'];
const WITH_PARAMETERS: readonly ErrorCode[] = ['bad_request', 'validation_failed'];
const WITH_BODY: readonly ErrorCode[] = [
  'malformed_json',
  'body_too_large',
  'unsupported_media_type',
  'validation_failed',
];

const REQUEST_ID = {
  description: 'Under this id the call is found in the logs',
  schema: { type: 'string' as const },
};

/** Adds what the server set-up itself answers on every route: its errors, and `X-Request-Id`. */
export function declareCommonResponses(document: OpenAPIObject): OpenAPIObject {
  for (const path of Object.values(document.paths))
    for (const method of METHODS) {
      const operation = path[method];
      if (operation !== undefined) complete(operation);
    }
  return document;
}

function complete(operation: Operation): void {
  const codes = [
    ...ALWAYS,
    ...((operation.parameters ?? []).length > 0 ? WITH_PARAMETERS : []),
    ...(operation.requestBody === undefined ? [] : WITH_BODY),
  ];
  for (const code of codes) operation.responses[CATALOGUE[code].status] ??= errorResponse(code);
  for (const response of Object.values(operation.responses)) withRequestId(response);
}

const errorResponse = (code: ErrorCode): Responses[string] => ({
  description: `\`${code}\`: ${CATALOGUE[code].title}`,
  content: { [PROBLEM_JSON]: { schema: { $ref: '#/components/schemas/ProblemDto' } } },
});

function withRequestId(response: Responses[string]): void {
  if (response !== undefined && !('$ref' in response))
    response.headers = { ...response.headers, 'X-Request-Id': REQUEST_ID };
}
