import type { ErrorObject } from 'ajv';
import { didYouMean } from '../common/errors/did-you-mean';

/** Values of a list that are named; a longer list is the type's schema to read. */
const MOST_VALUES = 10;
const MOST_LETTERS = 40;

/**
 * What is wrong with a field, said after its pointer: what was expected, and what came.
 * @param field the name of the one that the keyword is about, where it is said of an object
 */
export function payloadSentence(error: ErrorObject, field: string): string {
  const { keyword, params, data, parentSchema, message } = error;
  switch (keyword) {
    case 'required':
      return 'is missing';
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const fields = Object.keys((parentSchema?.['properties'] as object | undefined) ?? {});
      return `is no field of this payload${didYouMean(field, fields)}`;
    }
    case 'type':
      return `must be ${[params['type']].flat().join(' or ')}, and is ${typeOf(data)}`;
    case 'enum':
      return `must be one of ${valuesOf(params['allowedValues'])}`;
    case 'const':
      return `must be ${shown(params['allowedValue'])}`;
    default:
      return (message ?? 'is not valid').replaceAll('NOT', 'not');
  }
}

/** By JSON's names. */
const typeOf = (data: unknown): string =>
  data === null ? 'null' : Array.isArray(data) ? 'array' : typeof data;

function valuesOf(values: unknown): string {
  const all = (values as readonly unknown[]).map(shown);
  return [...all.slice(0, MOST_VALUES), ...(all.length > MOST_VALUES ? ['...'] : [])].join(', ');
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}...` : text;
}
