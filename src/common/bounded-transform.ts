import { createRequire } from 'node:module';
import { plainToInstance, type ClassConstructor } from 'class-transformer';

/** What one transformation may read, if nothing else is said: fields of DTOs, and DTOs. */
const MOST_FIELDS = 30_000;
/** Fields of one DTO: each is compared with all others. */
const MOST_OF_ONE = 1_000;

/** A value has more fields than any DTO takes. */
export class TooManyFields extends Error {
  constructor() {
    super('it has too many fields');
  }
}

interface Executor {
  readonly options: { readonly mostFields?: number };
  fields?: number;
  getKeys: (this: Executor, target: unknown, object: object, isMap: boolean) => string[];
}

/**
 * class-transformer compares every key of an object with all others, so that a body of a megabyte would stop the process for
 * half a minute, whoever sends it. (P5) It is bounded here, for all who use it (Nest's ValidationPipe does): the keys of an
 * object without a class are its own, and are not counted unless it is said how many there may be; those of DTOs are.
 */
const { TransformOperationExecutor } = createRequire(__filename)(
  'class-transformer/cjs/TransformOperationExecutor',
) as { TransformOperationExecutor: { readonly prototype: Executor } };
const executor = TransformOperationExecutor.prototype;
const original = executor.getKeys;
executor.getKeys = function (this: Executor, target, object, isMap) {
  const { mostFields } = this.options;
  const isOfClass = target !== undefined || isMap;
  if (!isOfClass && mostFields === undefined) return Object.keys(object);
  const own = Object.keys(object).length;
  this.fields = (this.fields ?? 0) + 1 + own;
  if ((isOfClass && own > MOST_OF_ONE) || this.fields > (mostFields ?? MOST_FIELDS))
    throw new TooManyFields();
  return isOfClass ? original.call(this, target, object, isMap) : Object.keys(object);
};

/** class-transformer's own, bounded. @throws TooManyFields */
export const toInstance = <T>(type: ClassConstructor<T>, plain: unknown): T => plainToInstance(type, plain);

/** Options of class-transformer: what one transformation may read, of whatever objects there are. */
export const withMostFields = (mostFields: number): object => ({ mostFields });
