import type { ApiPropertyOptions } from '@nestjs/swagger';

/** Any JSON value, in the OpenAPI document. */
export const ANY_JSON = {
  anyOf: [
    { type: 'object', additionalProperties: true, nullable: true },
    { type: 'array', items: {} },
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
  ],
} satisfies ApiPropertyOptions;
