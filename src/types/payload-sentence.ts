import type { ErrorObject } from 'ajv';
import { didYouMean } from '../common/errors/did-you-mean';

/** Most values of a list that an error names. A longer list is in the type's schema. */
const MOST_VALUES = 10;
const MOST_LETTERS = 40;

/** What is wrong, to follow the field's pointer. @param field the name of the field, if the keyword is about an object */
type Sentence = (error: ErrorObject, field: string) => string;

const COMPARISONS: Readonly<Record<string, string>> = {
  '>=': 'at least',
  '<=': 'at most',
  '>': 'more than',
  '<': 'less than',
};
const compared: Sentence = ({ params, data }) =>
  `must be ${COMPARISONS[params['comparison'] as string]} ${params['limit']}, and is ${shown(data)}`;

/** A minimum or maximum: `must have 3 or more items, and has 1`. */
const counted =
  (bound: 'more' | 'fewer', what: string): Sentence =>
  ({ params, data }) =>
    `must have ${params['limit']} or ${bound} ${what}, and has ${sizeOf(data)}`;

const notAField: Sentence = ({ parentSchema }, field) => {
  const fields = Object.keys((parentSchema?.['properties'] as object | undefined) ?? {});
  return `is not a field of this payload${didYouMean(field, fields)}`;
};
const neededWith: Sentence = ({ params }) =>
  `is missing: it is required together with ${shown(params['property'])}`;
const tooManyItems: Sentence = ({ params, data }) =>
  `must have ${params['limit'] ?? params['len']} items at most, and has ${sizeOf(data)}`;

/** By the keyword of JSON Schema. */
const SENTENCES: Readonly<Record<string, Sentence>> = {
  required: () => 'is missing',
  dependentRequired: neededWith,
  dependencies: neededWith,
  additionalProperties: notAField,
  unevaluatedProperties: notAField,
  propertyNames: ({ params }) => `has a field ${shown(params['propertyName'])}, whose name is not allowed`,
  type: ({ params, data }) => `must be ${[params['type']].flat().join(' or ')}, and is ${typeOf(data)}`,
  enum: ({ params, data }) => `must be one of ${valuesOf(params['allowedValues'])}, and is ${shown(data)}`,
  const: ({ params, data }) => `must be ${shown(params['allowedValue'])}, and is ${shown(data)}`,
  minimum: compared,
  maximum: compared,
  exclusiveMinimum: compared,
  exclusiveMaximum: compared,
  multipleOf: ({ params, data }) => `must be a multiple of ${params['multipleOf']}, and is ${shown(data)}`,
  pattern: ({ params, data }) => `must match the pattern ${params['pattern']}, and is ${shown(data)}`,
  format: ({ params, data }) => `must be a valid ${params['format']}, and is ${shown(data)}`,
  minLength: counted('more', 'characters'),
  maxLength: counted('fewer', 'characters'),
  minItems: counted('more', 'items'),
  maxItems: counted('fewer', 'items'),
  minProperties: counted('more', 'fields'),
  maxProperties: counted('fewer', 'fields'),
  uniqueItems: ({ params }) => `must not have equal items, and has them at ${params['j']} and ${params['i']}`,
  items: tooManyItems,
  additionalItems: tooManyItems,
  unevaluatedItems: tooManyItems,
  contains: ({ params }) => `must have ${containsOf(params)} that fit "contains" of the schema`,
  anyOf: () => 'fits none of the schemas of "anyOf"',
  oneOf: ({ params }) =>
    `fits ${params['passingSchemas'] === null ? 'none' : 'more than one'} of the schemas of "oneOf"`,
  not: () => 'must not fit "not" of the schema',
  if: ({ params }) => `must fit "${params['failingKeyword']}" of the schema`,
  'false schema': () => 'is not allowed here',
};

/** Says what was expected, and what was received. */
export const payloadSentence: Sentence = (error, field) => {
  const said = SENTENCES[error.keyword]?.(error, field) ?? error.message ?? 'is not valid';
  return error.propertyName === undefined
    ? said
    : `has a field ${shown(error.propertyName)} whose name ${said}`;
};

/** Counts characters like the keywords, not halves of surrogate pairs. */
const sizeOf = (data: unknown): number =>
  typeof data === 'string' ? [...data].length : Object.keys(data as object).length;

const containsOf = ({ minContains, maxContains }: ErrorObject['params']): string =>
  maxContains === undefined
    ? `${String(minContains)} or more items`
    : `${String(minContains)} to ${String(maxContains)} items`;

/** The JSON name of the type. A number is shown as it is: where an integer is expected, its type says nothing. */
const typeOf = (data: unknown): string => {
  if (typeof data === 'number') return String(data);
  return data === null ? 'null' : Array.isArray(data) ? 'array' : typeof data;
};

function valuesOf(values: unknown): string {
  const all = (values as readonly unknown[]).map(shown);
  return [...all.slice(0, MOST_VALUES), ...(all.length > MOST_VALUES ? ['...'] : [])].join(', ');
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}...` : text;
}
