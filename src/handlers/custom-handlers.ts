import type { ModuleMetadata, Type } from '@nestjs/common';
import { MODULE_METADATA } from '@nestjs/common/constants';
import type { Handler } from './handler';
import { requestHandlerMetadata } from './request-handler.decorator';

type Imports = NonNullable<ModuleMetadata['imports']>;

/** Handlers from outside this product: classes with `@RequestHandler`, and Nest modules that provide such classes. */
export type CustomHandlers = readonly (Type<Handler> | Imports[number])[];

/** Provides the classes that have no module. */
class CustomHandlerClasses {}

/**
 * The modules that provide custom handlers.
 * @throws Error with the end of a sentence if one is neither a handler nor a module
 */
export function customModules(handlers: CustomHandlers): Imports {
  const wrong = handlers.find((each) => !isHandler(each) && !isModule(each));
  if (wrong !== undefined)
    throw new Error(`${nameOf(wrong)} is neither a class with @RequestHandler nor a Nest module.`);
  const providers = handlers.filter(isHandler);
  return [
    ...handlers.filter((each): each is Imports[number] => !isHandler(each)),
    ...(providers.length === 0 ? [] : [{ module: CustomHandlerClasses, providers }]),
  ];
}

const isHandler = (value: unknown): value is Type<Handler> =>
  typeof value === 'function' && requestHandlerMetadata(value) !== undefined;

/** A class with `@Module`, a dynamic module, or the promise of one. */
const isModule = (value: unknown) =>
  (typeof value === 'object' && value !== null && ('module' in value || 'then' in value)) ||
  (typeof value === 'function' &&
    Object.values(MODULE_METADATA).some((key) => Reflect.hasMetadata(key, value)));

const nameOf = (value: unknown) => (typeof value === 'function' ? value.name : JSON.stringify(value));
