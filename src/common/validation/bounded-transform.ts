import { createRequire } from 'node:module';
import { plainToInstance, type ClassConstructor } from 'class-transformer';

/**
 * Most fields of one DTO, because each is compared with all others; and most items of one list, because each gets its
 * own error.
 */
const MOST_OF_ONE = 1_000;

/** A value that cannot become a DTO. */
export class UnreadableValue extends Error {
  constructor(
    readonly code: 'too_complex' | 'unreadable',
    message: string,
  ) {
    super(message);
  }
}

interface Executor {
  readonly options: { readonly mostFields?: number };
  fields?: number;
  getKeys: (this: Executor, target: unknown, object: object, isMap: boolean) => string[];
  transform: (this: Executor, source: unknown, value: unknown, type: unknown, ...rest: unknown[]) => unknown;
}

/**
 * Limits class-transformer for everything that uses it, such as Nest's ValidationPipe. It compares every key of an
 * object with all others, so that a body of a megabyte would block the process for half a minute. (P5) An object
 * without a class keeps its own keys; a DTO and a body have a maximum number of keys; and while a body is read a list
 * has a maximum number of items, except where any JSON is allowed (AnyJson calls it Boolean).
 */
const { TransformOperationExecutor } = createRequire(__filename)(
  'class-transformer/cjs/TransformOperationExecutor',
) as { TransformOperationExecutor: { readonly prototype: Executor } };
const executor = TransformOperationExecutor.prototype;
const original = { getKeys: executor.getKeys, transform: executor.transform };
executor.transform = function (this: Executor, source, value, type, ...rest) {
  const isBounded = this.options.mostFields !== undefined && type !== Boolean;
  if (isBounded && Array.isArray(value) && value.length > MOST_OF_ONE)
    throw new UnreadableValue('too_complex', 'there are too many items in a list');
  return original.transform.call(this, source, value, type, ...rest);
};
executor.getKeys = function (this: Executor, target, object, isMap) {
  // If an object has no class, class-transformer would take a field named `constructor` for it.
  if (target !== undefined && !isMap && typeof target !== 'function')
    throw new UnreadableValue('unreadable', 'a field named constructor cannot be read');
  const isOfClass = target !== undefined || isMap;
  const own = Object.keys(object);
  this.fields = (this.fields ?? 0) + 1 + own.length;
  if ((isOfClass && own.length > MOST_OF_ONE) || this.fields > (this.options.mostFields ?? Infinity))
    throw new UnreadableValue('too_complex', 'there are too many fields');
  return isOfClass ? original.getKeys.call(this, target, object, isMap) : own;
};

/** class-transformer's function, limited. @throws UnreadableValue */
export const toInstance = <T>(type: ClassConstructor<T>, plain: unknown): T => plainToInstance(type, plain);

/** Options of class-transformer: most fields that one transformation may read in all. */
export const withMostFields = (mostFields: number): object => ({ mostFields });
