import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InvalidEnvironment } from './config/env';
import { CustomHandlers, customModules } from './handlers/custom-handlers';

/**
 * The modules of the handlers that a JavaScript file exports, ESM or CommonJS: its default export is their list.
 * @param file relative to the working directory; undefined: no modules
 * @throws InvalidEnvironment with a sentence
 */
export async function modulesOfFile(file: string | undefined): Promise<ReturnType<typeof customModules>> {
  if (file === undefined) return [];
  const path = resolve(file);
  try {
    return customModules(listOf(await import(pathToFileURL(path).href)));
  } catch (error) {
    throw new InvalidEnvironment(`HANDLERS: ${path} does not serve: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** `export default [...]`, also as TypeScript writes it in CommonJS; or `module.exports = [...]`. */
function listOf(loaded: unknown): CustomHandlers {
  const unwrapped = defaultOf(defaultOf(loaded));
  if (!Array.isArray(unwrapped)) throw new Error('its default export must be a list of handlers.');
  return unwrapped as CustomHandlers;
}

const defaultOf = (value: unknown) =>
  typeof value === 'object' && value !== null && 'default' in value ? value.default : value;
