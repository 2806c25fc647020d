import { getMetadataStorage, type ValidationError } from 'class-validator';
import { didYouMean } from './did-you-mean';

/** What class-validator's type decorators expect. */
const KINDS: Readonly<Record<string, string>> = {
  isString: 'must be a string',
  isInt: 'must be a whole number',
  isNumber: 'must be a number',
  isBoolean: 'must be true or false',
  isArray: 'must be an array',
  isObject: 'must be an object',
};

/** What the decorators with arguments expect. */
const BOUNDS: Readonly<Record<string, (...args: unknown[]) => string>> = {
  min: (least) => `must be at least ${String(least)}`,
  max: (most) => `must be at most ${String(most)}`,
  isLength: (least, most) => `must have ${String(least)} to ${String(most)} characters`,
  minLength: (least) => `must have ${String(least)} or more characters`,
  maxLength: (most) => `must have ${String(most)} or fewer characters`,
  arrayMinSize: (least) => `must have ${String(least)} or more items`,
  arrayMaxSize: (most) => `must have ${String(most)} or fewer items`,
  arrayNotEmpty: () => 'must have an item',
  isIn: (values) => `must be one of ${(values as readonly unknown[]).join(', ')}`,
};

/** A decorator that a field violates. */
export interface Unsatisfied {
  readonly constraint: string;
  readonly sentence: string;
}

/** A decorator that has no sentence of its own. */
interface Rule {
  readonly each: boolean;
  readonly args: readonly unknown[];
}

/**
 * The errors of one field: what was expected, and what was received. If the value has the wrong type, only that is
 * reported. A message that a DTO gives its decorator is kept.
 */
export function unsatisfied({ constraints = {}, property, target, value }: ValidationError): Unsatisfied[] {
  const rules = rulesOf(target, property);
  const all = Object.entries(constraints);
  const ofKind = all.filter(([constraint]) => constraint in KINDS && rules.get(constraint)?.each === false);
  return (ofKind.length > 0 ? ofKind : all).map(([constraint, message]) => ({
    constraint,
    sentence: sentenceOf(constraint, rules.get(constraint), property, value) ?? message,
  }));
}

function rulesOf(target: object | undefined, property: string): ReadonlyMap<string, Rule> {
  if (target === undefined) return new Map();
  return new Map(
    getMetadataStorage()
      .getTargetValidationMetadatas(target.constructor, '', false, false)
      .filter(({ propertyName, message }) => propertyName === property && message === undefined)
      .map(({ name, each, constraints }) => [
        name ?? '',
        { each, args: (constraints as unknown[] | undefined) ?? [] },
      ]),
  );
}

/** @returns undefined for an unknown decorator */
function sentenceOf(
  constraint: string,
  rule: Rule | undefined,
  property: string,
  value: unknown,
): string | undefined {
  if (rule === undefined) return undefined;
  const expected = KINDS[constraint] ?? BOUNDS[constraint]?.(...rule.args);
  if (expected === undefined) return undefined;
  if (value === undefined) return `${property} is missing`;
  if (rule.each) return `each item of ${property} ${expected}`;
  if (constraint in KINDS) return `${property} ${expected}, and is ${kindOf(value)}`;
  if (constraint === 'isIn') {
    const names = (rule.args[0] as readonly unknown[]).map(String);
    return `${property} ${expected}${typeof value === 'string' ? didYouMean(value, names) : ''}`;
  }
  return `${property} ${expected}, and ${sizeOf(value)}`;
}

/** The JSON name of the type. A number is shown as it is, because a fraction is a number too. */
function kindOf(value: unknown): string {
  if (value === null || typeof value === 'number') return String(value);
  return Array.isArray(value) ? 'an array' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Shows only the length of a text: it may be a secret. */
function sizeOf(value: unknown): string {
  if (typeof value === 'string' || Array.isArray(value)) return `has ${value.length}`;
  return `is ${kindOf(value)}`;
}
