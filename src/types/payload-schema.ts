import Ajv from 'ajv';
import Ajv2020, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { codeOf } from '../common/errors/field-errors';
import { MOST_NAMED, type FieldError } from '../common/errors/problem';
import { escapeToken } from '../common/json/pointer-token';
import { SECOND_MS } from '../common/time/units';
import { payloadSentence } from './payload-sentence';
import { OverBudget, withinBudget } from '../common/flow/within-budget';

/** Levels of a schema; deeper ones could exhaust the stack when they are compiled. */
const MOST_LEVELS = 32;
/** What one check may take: schemas are an admin's, but payloads are anybody's, and some grow with 2 to their depth. */
const CHECK_MS = 100;
/** How long compiling a schema may take, ms: every process does it, and serves nothing meanwhile. */
export const COMPILE_MS = SECOND_MS;

/** A JSON Schema that cannot be used; the message is for its author. */
export class UnusableSchema extends Error {}

/** Checks parsed payloads against one JSON Schema. */
export type PayloadCheck = (payload: unknown) => FieldError[];

/**
 * Compiles a JSON Schema of payloads: 2020-12, or draft-07 if its `$schema` says so. It stands alone: a reference to anywhere else is not followed.
 * A payload that takes longer to check than it may is refused.
 * @throws UnusableSchema
 */
export function compilePayloadSchema(schema: unknown): PayloadCheck {
  if (levelsOf(schema) > MOST_LEVELS) throw new UnusableSchema(`has more than ${MOST_LEVELS} levels`);
  // Stops at the first error, so that of several branches only those are followed that still may match.
  const validate = compile(schema as object, { allErrors: false });
  let all: ValidateFunction | undefined;
  // Where finding all errors takes too long, the first one must do.
  const explain = (payload: unknown): ValidateFunction => {
    all ??= orElse(validate, () =>
      withinBudget(COMPILE_MS, () => compile(schema as object, { allErrors: true })),
    );
    const isExplained = orElse(undefined, () => withinBudget(CHECK_MS, () => all?.(payload)));
    return isExplained === undefined ? validate : all;
  };
  return (payload) => {
    const check = () => orElse(undefined, () => withinBudget(CHECK_MS, () => validate(payload)));
    const before = process.cpuUsage();
    let isValid = check();
    // Once more if the machine was busy elsewhere: that is not the payload's fault.
    if (isValid === undefined && process.cpuUsage(before).user < (CHECK_MS * 1000) / 2) isValid = check();
    if (isValid === undefined) return [TOO_MUCH];
    return isValid ? [] : (explain(payload).errors ?? []).slice(0, MOST_NAMED).map(fieldError);
  };
}

/** What comes of it, or something else if the time was up. */
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
  ajv.addFormat('url', isUrl); // its own pattern takes the square of the length
  try {
    const validate = ajv.compile(schema);
    if ('$async' in validate) throw new Error('$async is not supported');
    return validate;
  } catch (error) {
    throw new UnusableSchema(error instanceof Error ? error.message : String(error));
  }
}

/** A private host is one, too: who is delivered to is judged at the connection. */
const isUrl = (text: string) => /^(https?|ftp):\/\/[^\s\\/]\S*$/i.test(text) && URL.canParse(text);

/** What many tools still write. */
const isDraft07 = (schema: object) =>
  '$schema' in schema && /^http:\/\/json-schema\.org\/draft-07\/schema#?$/.test(String(schema.$schema));

function levelsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(levelsOf));
}

/** Keywords that are said of an object, but mean a field of it. */
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
