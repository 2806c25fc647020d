import Ajv2020, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { FieldError } from '../common/errors/problem';
import { escapeToken } from '../common/json/pointer-token';

/** Fields that are named in one refusal. */
const MOST_ERRORS = 32;
/** Levels of a schema; deeper ones could exhaust the stack of whoever compiles them. */
const MOST_LEVELS = 32;

/** A JSON Schema that cannot be used; the message is for whoever declared it. */
export class UnusableSchema extends Error {}

/** Checks parsed payloads against one JSON Schema. */
export type PayloadCheck = (payload: unknown) => FieldError[];

/**
 * Compiles a JSON Schema (2020-12) of payloads. It stands alone: a reference to anywhere else is not followed.
 * @throws UnusableSchema
 */
export function compilePayloadSchema(schema: unknown): PayloadCheck {
  if (levelsOf(schema) > MOST_LEVELS) throw new UnusableSchema(`has more than ${MOST_LEVELS} levels`);
  const validate = compile(schema as object);
  return (payload) =>
    validate(payload) ? [] : (validate.errors ?? []).slice(0, MOST_ERRORS).map(fieldError);
}

function compile(schema: object): ValidateFunction {
  // One instance for each schema: two may have the same $id.
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
  addFormats(ajv);
  try {
    const validate = ajv.compile(schema);
    if ('$async' in validate) throw new Error('$async is not supported');
    return validate;
  } catch (error) {
    throw new UnusableSchema(error instanceof Error ? error.message : String(error));
  }
}

function levelsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(levelsOf));
}

const fieldError = ({ instancePath, keyword, message, params }: ErrorObject): FieldError => {
  const missing: unknown = keyword === 'required' ? params['missingProperty'] : undefined;
  const below = typeof missing === 'string' ? `/${escapeToken(missing)}` : '';
  const pointer = `/payload${instancePath}${below}`;
  return { pointer, code: codeOf(keyword), detail: `${pointer} ${message ?? 'is not valid'}` };
};

/** `additionalProperties` -> `additional_properties` */
const codeOf = (keyword: string) => keyword.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
