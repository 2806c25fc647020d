import { createRequire } from 'node:module';
import type { ClassConstructor, TransformFnParams } from 'class-transformer';
import { getMetadataStorage, ValidationTypes } from 'class-validator';
import { asItWas } from '../json/any-json.decorator';

/** class-transformer handles longer lists, and limits them. */
const LONGEST_LIST = 100;

type Rule = (value: unknown, object: object) => boolean;

/** The rules and conditions of one DTO field. */
interface Field {
  /** The rules apply only if the value meets all conditions (`IfGiven`). */
  readonly conditions: Rule[];
  readonly rules: Rule[];
  /**
   * `any`: keeps every JSON value. `flat`: keeps scalars and lists of them. `built`: the value becomes something else.
   */
  kind: 'any' | 'flat' | 'built';
}

/** The fields of a DTO class; undefined if one has an unknown kind of decorator. */
type Fields = ReadonlyMap<string, Field> | undefined;

const known = new Map<ClassConstructor<object>, Fields>();

/**
 * Makes an instance of a DTO class if the value is certainly valid, by the rules of the DTO's decorators. It saves
 * class-validator's search for the rules, and the errors that it prepares, for each field of each call.
 * @param value of JSON
 * @returns undefined if the value is invalid, or if only class-transformer and class-validator can decide
 */
export function quickInstance<T extends object>(type: ClassConstructor<T>, value: unknown): T | undefined {
  if (!isContainer(value) || Array.isArray(value)) return undefined;
  if (!known.has(type)) known.set(type, fieldsOf(type));
  const fields = known.get(type);
  if (fields === undefined) return undefined;
  for (const [key, given] of Object.entries(value)) if (!isKept(given, fields.get(key))) return undefined;
  const instance: T = Object.assign(new type(), value as Partial<T>);
  const members = instance as Record<string, unknown>;
  for (const [name, { conditions, rules }] of fields) {
    const holds = (rule: Rule) => rule(members[name], instance);
    if (conditions.every(holds) && !rules.every(holds)) return undefined;
  }
  return instance;
}

/** Whether class-transformer would keep the field with its value unchanged. */
function isKept(value: unknown, field: Field | undefined): boolean {
  if (field === undefined || field.kind === 'built') return false;
  if (field.kind === 'any' || !isContainer(value)) return true;
  return Array.isArray(value) && value.length <= LONGEST_LIST && !value.some(isContainer);
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

function fieldsOf(type: ClassConstructor<object>): Fields {
  const storage = getMetadataStorage();
  const fields = new Map<string, Field>();
  for (const decorator of storage.getTargetValidationMetadatas(type, '', false, false)) {
    const { propertyName: name, constraints, constraintCls, each } = decorator;
    const field = fields.get(name) ?? { conditions: [], rules: [], kind: kindOf(type, name) };
    fields.set(name, field);
    switch (decorator.type) {
      case ValidationTypes.CONDITIONAL_VALIDATION:
        field.conditions.push((value, object) =>
          (constraints[0] as typeof decorator.validateIf)!(object, value),
        );
        break;
      case ValidationTypes.NESTED_VALIDATION:
        field.kind = 'built';
        break;
      case ValidationTypes.IS_DEFINED:
      case ValidationTypes.CUSTOM_VALIDATION: {
        if (decorator.validateIf !== undefined) return undefined;
        for (const { async, instance } of storage.getTargetValidatorConstraints(constraintCls)) {
          if (async) return undefined;
          const rule: Rule = (value, object) =>
            instance.validate(value, {
              value,
              object,
              constraints,
              property: name,
              targetName: type.name,
            }) === true;
          field.rules.push(each ? forEach(rule) : rule);
        }
        break;
      }
      default:
        return undefined;
    }
  }
  return fields;
}

const forEach =
  (rule: Rule): Rule =>
  (value, object) =>
    Array.isArray(value) ? value.every((item) => rule(item, object)) : rule(value, object);

/** What class-transformer stores about fields; it does not export this. */
const { defaultMetadataStorage: transforms } = createRequire(__filename)('class-transformer/cjs/storage') as {
  defaultMetadataStorage: {
    findTypeMetadata(type: object, name: string): object | undefined;
    findExposeMetadata(type: object, name: string): object | undefined;
    findExcludeMetadata(type: object, name: string): object | undefined;
    findTransformMetadatas(
      type: object,
      name: string,
      plainToClass: 0,
    ): { readonly transformFn: (of: TransformFnParams) => unknown }[];
  };
};

function kindOf(type: object, name: string): Field['kind'] {
  const functions = transforms.findTransformMetadatas(type, name, 0).map(({ transformFn }) => transformFn);
  if (functions.length === 1 && functions[0] === asItWas) return 'any';
  const isTouched =
    functions.length > 0 ||
    transforms.findTypeMetadata(type, name) !== undefined ||
    transforms.findExposeMetadata(type, name) !== undefined ||
    transforms.findExcludeMetadata(type, name) !== undefined;
  return isTouched ? 'built' : 'flat';
}
