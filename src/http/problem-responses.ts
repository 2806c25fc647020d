import type { OpenAPIObject } from '@nestjs/swagger';
import { PROBLEM_MARK } from '../common/errors/api-problems.decorator';
import { CATALOGUE, ErrorCode } from '../common/errors/catalogue';
import { PROBLEM_JSON, problemBody } from '../common/errors/problem-body';

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;
type Response = NonNullable<Operation['responses'][string]>;
type Marked = Operation & { [mark: `${typeof PROBLEM_MARK}${string}`]: true };

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Errors that any call can get. */
const ALWAYS: readonly ErrorCode[] = [
  'request_timeout',
  'rate_limited',
  'header_fields_too_large',
  'internal',
  'unavailable',
];
const WITH_PATH_PARAMETERS: readonly ErrorCode[] = ['bad_request', 'uri_too_long'];
const WITH_HEADERS: readonly ErrorCode[] = ['bad_request'];
const WITH_QUERY: readonly ErrorCode[] = ['validation_failed'];
const WITH_BODY: readonly ErrorCode[] = [
  'malformed_json',
  'bad_request',
  'body_too_large',
  'unsupported_media_type',
  'validation_failed',
];

const header = (description: string, example: string) => ({
  description,
  schema: { type: 'string' as const, example },
});

const CALL_ID = '4bf92f35-77b3-4da6-a3ce-929d0e0e4736';
const HEADERS = {
  'X-Request-Id': header('The id of the call in the logs', CALL_ID),
  'Retry-After': header('Seconds to wait before trying again', '1'),
  'WWW-Authenticate': header('How to authenticate', 'Bearer'),
};
/** The extra header of a status. */
const OF_STATUS: Readonly<Record<number, keyof typeof HEADERS>> = {
  401: 'WWW-Authenticate',
  429: 'Retry-After',
  503: 'Retry-After',
};

/** Declares every error that a route can answer, and `X-Request-Id` of every answer. */
export function declareProblems(document: OpenAPIObject): OpenAPIObject {
  const examples = Object.fromEntries(codesOf(() => true).map((code) => [code, exampleOf(code)]));
  const responses: Record<string, Response> = {};
  document.components = { ...document.components, headers: HEADERS, examples, responses };
  for (const path of Object.values(document.paths))
    for (const method of METHODS) {
      const operation = path[method];
      if (operation !== undefined) complete(operation as Marked, method !== 'get', responses);
    }
  return document;
}

/**
 * @param mayHaveBody whether a body in the call is read, and refused where there should be none
 * @param shared responses that are declared once because this many operations have them
 */
function complete(operation: Marked, mayHaveBody: boolean, shared: Record<string, Response>): void {
  for (const response of Object.values(operation.responses) as Response[])
    if (!('$ref' in response)) response.headers = { ...response.headers, ...headerOf('X-Request-Id') };
  const codes = new Set([...ownCodes(operation), ...ALWAYS]);
  const places = new Set((operation.parameters ?? []).map((parameter) => 'in' in parameter && parameter.in));
  if (places.has('path')) WITH_PATH_PARAMETERS.forEach((code) => codes.add(code));
  if (places.has('header')) WITH_HEADERS.forEach((code) => codes.add(code));
  if (places.has('query')) WITH_QUERY.forEach((code) => codes.add(code));
  if (mayHaveBody) WITH_BODY.forEach((code) => codes.add(code));
  for (const status of new Set([...codes].map((code) => CATALOGUE[code].status))) {
    const ofStatus = codesOf((code) => codes.has(code) && CATALOGUE[code].status === status);
    const name = ofStatus.join('_or_');
    shared[name] ??= problemResponse(status, ofStatus);
    const own = operation.responses[status];
    operation.responses[status] =
      own && 'content' in own
        ? { ...problemResponse(status, ofStatus), content: own.content }
        : { $ref: `#/components/responses/${name}` };
  }
}

/** Removes the marks of ApiProblems from the operation and returns their codes. */
function ownCodes(operation: Marked): ErrorCode[] {
  const marks = Object.keys(operation).filter((key) => key.startsWith(PROBLEM_MARK));
  return marks.map((mark) => {
    delete operation[mark as keyof Marked];
    return mark.slice(PROBLEM_MARK.length) as ErrorCode;
  });
}

/** In catalogue order. */
const codesOf = (isWanted: (code: ErrorCode) => boolean) =>
  (Object.keys(CATALOGUE) as ErrorCode[]).filter(isWanted);

const headerOf = (name: keyof typeof HEADERS) => ({ [name]: { $ref: `#/components/headers/${name}` } });

function problemResponse(status: number, codes: readonly ErrorCode[]): Response {
  const examples = codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]);
  const name = OF_STATUS[status];
  return {
    description: codes.map((code) => `\`${code}\`: ${CATALOGUE[code].title}.`).join(' '),
    headers: { ...(name === undefined ? {} : headerOf(name)), ...headerOf('X-Request-Id') },
    content: {
      [PROBLEM_JSON]: {
        schema: { $ref: '#/components/schemas/ProblemDto' },
        examples: Object.fromEntries(examples) as Record<string, { $ref: string }>,
      },
    },
  };
}

const exampleOf = (code: ErrorCode) => ({
  summary: CATALOGUE[code].title,
  value: problemBody(code, `${CATALOGUE[code].title}.`, { instance: '/requests', callId: CALL_ID }),
});
