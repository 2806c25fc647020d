import type { ErrorObject } from 'ajv';
import { didYouMean } from '../common/errors/did-you-mean';

/** Most values of a list that an error names. A longer list is in the type's schema. */
const MOST_VALUES = 10;
const MOST_LETTERS = 40;

/** A minimum or maximum: `must have 3 or more items, and has 1`. */
const COUNTS: Readonly<Record<string, readonly [bound: string, what: string]>> = {
  minLength: ['more', 'characters'],
  maxLength: ['fewer', 'characters'],
  minItems: ['more', 'items'],
  maxItems: ['fewer', 'items'],
  minProperties: ['more', 'fields'],
  maxProperties: ['fewer', 'fields'],
};

const COMPARISONS: Readonly<Record<string, string>> = {
  '>=': 'at least',
  '<=': 'at most',
  '>': 'more than',
  '<': 'less than',
};

/**
 * What is wrong with a field, to follow its pointer: what was expected, and what was received.
 * @param field the name of the field, if the keyword is about an object
 */
export function payloadSentence(error: ErrorObject, field: string): string {
  const said = sentenceOf(error, field);
  return error.propertyName === undefined
    ? said
    : `has a field ${shown(error.propertyName)} whose name ${said}`;
}

function sentenceOf({ keyword, params, data, parentSchema, message }: ErrorObject, field: string): string {
  const param = (name: string): unknown => params[name];
  switch (keyword) {
    case 'required':
      return 'is missing';
    case 'dependentRequired':
    case 'dependencies':
      return `is missing: it is required together with ${shown(param('property'))}`;
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const fields = Object.keys((parentSchema?.['properties'] as object | undefined) ?? {});
      return `is not a field of this payload${didYouMean(field, fields)}`;
    }
    case 'propertyNames':
      return `has a field ${shown(param('propertyName'))}, whose name is not allowed`;
    case 'type':
      return `must be ${[param('type')].flat().join(' or ')}, and is ${typeOf(data)}`;
    case 'enum':
      return `must be one of ${valuesOf(param('allowedValues'))}, and is ${shown(data)}`;
    case 'const':
      return `must be ${shown(param('allowedValue'))}, and is ${shown(data)}`;
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return `must be ${COMPARISONS[String(param('comparison'))]} ${String(param('limit'))}, and is ${shown(data)}`;
    case 'multipleOf':
      return `must be a multiple of ${String(param('multipleOf'))}, and is ${shown(data)}`;
    case 'pattern':
      return `must match the pattern ${String(param('pattern'))}, and is ${shown(data)}`;
    case 'format':
      return `must be a valid ${String(param('format'))}, and is ${shown(data)}`;
    case 'uniqueItems':
      return `must not have equal items, and has them at ${String(param('j'))} and ${String(param('i'))}`;
    case 'items':
    case 'additionalItems':
    case 'unevaluatedItems':
      return `must have ${String(param('limit') ?? param('len'))} items at most, and has ${sizeOf(data)}`;
    case 'contains':
      return `must have ${containsOf(params)} that fit "contains" of the schema`;
    case 'anyOf':
      return 'fits none of the schemas of "anyOf"';
    case 'oneOf':
      return param('passingSchemas') === null
        ? 'fits none of the schemas of "oneOf"'
        : 'fits more than one of the schemas of "oneOf"';
    case 'not':
      return 'must not fit "not" of the schema';
    case 'if':
      return `must fit "${String(param('failingKeyword'))}" of the schema`;
    case 'false schema':
      return 'is not allowed here';
    default: {
      const count = COUNTS[keyword];
      if (count === undefined) return message ?? 'is not valid';
      const [bound, what] = count;
      return `must have ${String(param('limit'))} or ${bound} ${what}, and has ${sizeOf(data)}`;
    }
  }
}

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
