import { getMetadataStorage } from 'class-validator';
import type { ValidationError } from 'class-validator';
import { escapeToken } from '../json/pointer-token';
import { didYouMean } from './did-you-mean';
import { unsatisfied } from './field-sentence';
import type { FieldError } from './problem';

/**
 * The errors that class-validator found, as a flat list with JSON Pointers, including nested fields and array items.
 * @param base the pointer of the validated value itself, `''` for a whole body
 */
export function fieldErrors(found: readonly ValidationError[], base = ''): FieldError[] {
  return found.flatMap((error) => {
    const pointer = `${base}/${escapeToken(error.property)}`;
    const own = unsatisfied(error).map(({ constraint, sentence: detail }) =>
      constraint === 'whitelistValidation'
        ? unknownField(error.property, base, fieldsOf(error.target))
        : { pointer, code: codeOf(constraint), detail },
    );
    return [...own, ...fieldErrors(error.children ?? [], pointer)];
  });
}

/**
 * class-transformer silently drops keys that every object inherits (`toString`, `constructor`), at any depth. They are
 * refused like any other unknown field.
 * @param instance what class-transformer made of the value
 */
export function droppedKeyErrors(value: unknown, instance: unknown, base = ''): FieldError[] {
  if (value === instance || !isContainer(value) || !isContainer(instance)) return [];
  return Object.keys(value).flatMap((key) => {
    if (Object.hasOwn(instance, key))
      return droppedKeyErrors(value[key], instance[key], `${base}/${escapeToken(key)}`);
    return key in Object.prototype ? [unknownField(key, base)] : []; // other missing keys may have been renamed
  });
}

/** An object or an array. */
const isContainer = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** The field names of a DTO. */
const fieldsOf = (dto: object | undefined): string[] =>
  dto === undefined
    ? []
    : getMetadataStorage()
        .getTargetValidationMetadatas(dto.constructor, '', false, false)
        .map(({ propertyName }) => propertyName);

/** The error of an unknown field. @param known the names of the known fields next to it */
export const unknownField = (key: string, base = '', known: readonly string[] = []): FieldError => ({
  pointer: `${base}/${escapeToken(key)}`,
  code: 'unknown_field',
  detail: `there is no field ${key} here${didYouMean(key, known)}`,
});

/** The name of a constraint, or of a keyword of JSON Schema, as a code: `isEmail` is `is_email`. */
export const codeOf = (constraint: string) =>
  constraint.replaceAll(' ', '_').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
