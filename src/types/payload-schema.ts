import Ajv from 'ajv';
import Ajv2020, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { codeOf } from '../common/errors/field-errors';
import { MOST_NAMED, type FieldError } from '../common/errors/problem';
import { escapeToken } from '../common/json/pointer-token';
import { SECOND_MS } from '../common/time/units';
import { payloadSentence } from './payload-sentence';
import { OverBudget, withinBudget } from '../common/flow/within-budget';

/** Most levels of a schema. Deeper ones could exhaust the stack when compiled. */
const MOST_LEVELS = 32;
/**
 * Time limit of one check. Only admins write schemas, but any user writes payloads, and some checks take time
 * exponential in a payload's depth.
 */
const CHECK_MS = 100;
/** How long compiling a schema may take, ms: every process does it, and serves nothing meanwhile. */
export const COMPILE_MS = SECOND_MS;

/** A JSON Schema that cannot be used; the message is for its author. */
export class UnusableSchema extends Error {}

/** Checks parsed payloads against one JSON Schema. */
export type PayloadCheck = (payload: unknown) => FieldError[];

/**
 * Compiles a JSON Schema of payloads: 2020-12, or draft-07 if its `$schema` says so. References to other documents are
 * not followed. A payload that takes too long to check is refused.
 * @throws UnusableSchema
 */
export function compilePayloadSchema(schema: unknown): PayloadCheck {
  if (levelsOf(schema) > MOST_LEVELS) throw new UnusableSchema(`has more than ${MOST_LEVELS} levels`);
  // Stops at the first error, so that only those branches are followed that can still match.
  const validate = compile(schema as object, { allErrors: false });
  let all: ValidateFunction | undefined;
  // If finding all errors takes too long, the first one must do.
  const explain = (payload: unknown): ValidateFunction => {
    all ??= orElse(validate, () =>
      withinBudget(COMPILE_MS, () => compile(schema as object, { allErrors: true })),
    );
    const isExplained = orElse(undefined, () => withinBudget(CHECK_MS, () => all?.(payload)));
    return isExplained === undefined ? validate : all;
  };
  return (payload) => {
    const isValid = orElse(undefined, () => withinBudget(CHECK_MS, () => validate(payload)));
    if (isValid === undefined) return [TOO_MUCH];
    return isValid ? [] : (explain(payload).errors ?? []).slice(0, MOST_NAMED).map(fieldError);
  };
}

/** The result, or a fallback if the time was up. */
function orElse<T, E>(otherwise: E, act: () => T): T | E {
  try {
    return act();
  } catch (error) {
    if (error instanceof OverBudget) return otherwise;
    throw error;
  }
}

const TOO_MUCH: FieldError = {
  pointer: '/payload',
  code: 'too_complex',
  detail: `/payload takes more than ${CHECK_MS} ms to check against the schema of its type`,
};

function compile(schema: object, { allErrors }: { allErrors: boolean }): ValidateFunction {
  // One instance for each schema: two may have the same $id. `ownProperties`: {} has no field `constructor`.
  const Dialect = isDraft07(schema) ? Ajv : Ajv2020;
  const ajv = new Dialect({ strict: false, allErrors, verbose: true, logger: false, ownProperties: true });
  addFormats(ajv);
  ajv.addFormat('url', isUrl); // its own pattern takes quadratic time
  try {
    const validate = ajv.compile(schema);
    if ('$async' in validate) throw new Error('$async is not supported');
    return validate;
  } catch (error) {
    throw new UnusableSchema(error instanceof Error ? error.message : String(error));
  }
}

/** Allows private hosts: the connection checks who is delivered to. */
const isUrl = (text: string) => /^(https?|ftp):\/\/[^\s\\/]\S*$/i.test(text) && URL.canParse(text);

/** The form that many tools still write. */
const isDraft07 = (schema: object) =>
  '$schema' in schema && /^http:\/\/json-schema\.org\/draft-07\/schema#?$/.test(String(schema.$schema));

function levelsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(levelsOf));
}

/** Keywords on an object whose error is about one of its fields. */
const FIELD_OF: Readonly<Record<string, string>> = {
  required: 'missingProperty',
  dependentRequired: 'missingProperty',
  dependencies: 'missingProperty',
  additionalProperties: 'additionalProperty',
  unevaluatedProperties: 'unevaluatedProperty',
};

const fieldError = (error: ErrorObject): FieldError => {
  const { instancePath, keyword, params } = error;
  const field: unknown = params[FIELD_OF[keyword] ?? ''];
  const below = typeof field === 'string' ? `/${escapeToken(field)}` : '';
  const pointer = `/payload${instancePath}${below}`;
  return { pointer, code: codeOf(keyword), detail: `${pointer} ${payloadSentence(error, String(field))}` };
};
