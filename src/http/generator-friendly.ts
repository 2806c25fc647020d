import type { OpenAPIObject } from '@nestjs/swagger';
import { ANY_JSON_FORMAT } from '../common/json/any-json.schema';

const MOST_INT32 = 2 ** 31 - 1;

interface SchemaPart {
  type?: unknown;
  format?: string;
  maximum?: number;
  additionalProperties?: unknown;
}

/**
 * Adds what client generators need and decorators leave out: the width of each number, and that a field with any JSON
 * value has no type.
 */
export function befriendGenerators({ paths, components }: OpenAPIObject): void {
  visit(paths);
  visit(components);
}

/** @param areFields whether the keys of the value are field names of a schema: a field may be named `example` */
function visit(value: unknown, areFields = false): void {
  if (typeof value !== 'object' || value === null) return;
  const part = value as SchemaPart;
  if (part.format === ANY_JSON_FORMAT) {
    delete part.format;
    delete part.type;
    delete part.additionalProperties;
  }
  if (part.type === 'integer') part.format ??= (part.maximum ?? Infinity) <= MOST_INT32 ? 'int32' : 'int64';
  if (part.type === 'number') part.format ??= 'double';
  for (const [name, inner] of Object.entries(value))
    if (areFields || !name.startsWith('example')) visit(inner, name === 'properties');
}
