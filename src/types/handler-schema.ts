import type { Type } from '@nestjs/common';
import { targetConstructorToSchema, validationMetadatasToSchemas } from 'class-validator-jsonschema';
import { JsonText } from '../common/json/json-text';

type Schema = Record<string, unknown>;

const DEFINITIONS = '#/$defs/';

/** Constraints of our own, as JSON Schema can say them. */
const CONVERTERS = {
  isTargetUrl: { type: 'string', format: 'uri', maxLength: 2048 },
  isTargetHeaders: { type: 'object', additionalProperties: { type: 'string' } },
} as const;

const OPTIONS = { refPointerPrefix: DEFINITIONS, additionalConverters: CONVERTERS } as const;

/**
 * The JSON Schema of a handler's payload class, standing alone; read from its class-validator decorators. Payload classes
 * may share a name; the classes of their fields may not.
 */
export function handlerSchema(payloadClass: Type<object>): JsonText {
  const all = validationMetadatasToSchemas(OPTIONS) as Record<string, Schema>;
  const used = new Set<string>();
  const schema = standAlone(targetConstructorToSchema(payloadClass, OPTIONS) as Schema, all, used);
  const definitions = Object.fromEntries(
    [...used].map((name) => [name, standAlone(all[name] ?? {}, all, used)]),
  );
  return new JsonText(JSON.stringify({ ...schema, ...(used.size === 0 ? {} : { $defs: definitions }) }));
}

/** Closes objects, as payloads are validated, and collects referenced schemas. */
function standAlone(schema: Schema, all: Record<string, Schema>, used: Set<string>): Schema {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    const { $ref, ...rest } = value as Schema;
    if (typeof $ref !== 'string')
      return Object.fromEntries(Object.entries(rest).map(([k, v]) => [k, walk(v)]));
    const name = $ref.slice(DEFINITIONS.length);
    if (all[name] === undefined) return rest; // a plain Object: keeps its other keywords
    if (!used.has(name)) {
      used.add(name);
      walk(all[name]);
    }
    return { $ref };
  };
  return { ...(walk(schema) as Schema), additionalProperties: false };
}
