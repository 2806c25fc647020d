import type { ApiPropertyOptions } from '@nestjs/swagger';

/** Marks a field until the document is built: Nest would make it an object. */
export const ANY_JSON_FORMAT = 'any-json';

/** Any JSON value, in the OpenAPI document: a schema without a type, because generators fail at a choice of all types. */
export const ANY_JSON = { type: Object, format: ANY_JSON_FORMAT } satisfies ApiPropertyOptions;
