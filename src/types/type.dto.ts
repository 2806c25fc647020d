import { ApiProperty } from '@nestjs/swagger';
import { Allow, Equals, IsInt, IsObject, IsString, Length, Max, Min } from 'class-validator';
import { IfGiven } from '../common/validation/if-given.decorator';
import { AnyJson } from '../common/json/any-json.decorator';
import { ANY_JSON } from '../common/json/any-json.schema';
import { HOUR_MS } from '../common/time/units';
import { REQUEST_DEFAULTS, type RequestType } from './request-type';

const SCHEMA_EXAMPLE = {
  type: 'object',
  properties: { page: { type: 'integer', minimum: 1 } },
  required: ['page'],
  additionalProperties: false,
};

/** The declaration of a type that external workers serve. */
export class DeclareTypeDto {
  /** Served by external workers, through `/work`. */
  @ApiProperty({ type: Boolean, enum: [true], example: true })
  @Equals(true)
  external: true;

  /**
   * JSON Schema (2020-12, or draft-07 if `$schema` says so) that checks payloads when they are enqueued. If omitted,
   * any JSON value is valid. The schema must be self-contained, with at most 32 levels; keep its patterns simple.
   */
  @ApiProperty({ type: Object, additionalProperties: true, required: false, example: SCHEMA_EXAMPLE })
  @IfGiven()
  @AnyJson()
  @IsObject()
  payloadSchema?: object;

  /** The default time limit of one attempt, in milliseconds. */
  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: HOUR_MS,
    required: false,
    default: REQUEST_DEFAULTS.timeoutMs,
    example: 60000,
  })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(HOUR_MS)
  timeoutMs?: number;

  /** One sentence that describes the type. */
  @ApiProperty({ type: String, maxLength: 500, required: false, example: 'Renders a page as PDF.' })
  @IfGiven()
  @IsString()
  @Length(1, 500)
  description?: string;

  /** A valid payload. */
  @ApiProperty({ ...ANY_JSON, required: false, example: { page: 1 } })
  @IfGiven()
  @AnyJson()
  @Allow()
  example?: unknown;
}

/** The defaults of a type's requests. */
export class TypeDefaultsDto {
  /** Failed attempts after which a request fails permanently. */
  @ApiProperty({ type: 'integer', example: REQUEST_DEFAULTS.maxAttempts })
  maxAttempts: number;

  /** The wait between attempts. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: REQUEST_DEFAULTS.backoff })
  backoff: object;

  /** The time limit of one attempt, in milliseconds. */
  @ApiProperty({ type: 'integer', example: REQUEST_DEFAULTS.timeoutMs })
  timeoutMs: number;
}

/** A request type. */
export class TypeDto {
  /** The name used in a request's `type`. */
  @ApiProperty({ example: 'render' })
  type: string;

  /** Whether external workers serve it; otherwise a handler of this server does. */
  @ApiProperty({ example: true })
  external: boolean;

  /** A sentence. */
  @ApiProperty({ type: String, required: false, example: 'Renders a page as PDF.' })
  description?: string;

  /** JSON Schema of its payloads; absent if any JSON value is valid. */
  @ApiProperty({ type: Object, additionalProperties: true, required: false, example: SCHEMA_EXAMPLE })
  payloadSchema?: object;

  /** A valid payload. */
  @ApiProperty({ ...ANY_JSON, required: false, example: { page: 1 } })
  example?: unknown;

  /** The pool of workers that serves it. */
  @ApiProperty({ example: 'x.render' })
  lane: string;

  /** The defaults of its requests. */
  @ApiProperty({ type: TypeDefaultsDto })
  defaults: TypeDefaultsDto;

  static of({ type, external, description, payloadSchema, example, lane, timeoutMs }: RequestType): TypeDto {
    return {
      type,
      external,
      ...(description === undefined ? {} : { description }),
      ...(payloadSchema === undefined ? {} : { payloadSchema }),
      ...(example === undefined ? {} : { example }),
      lane,
      defaults: { ...REQUEST_DEFAULTS, timeoutMs },
    };
  }
}

/** All types. */
export class TypeListDto {
  /** Sorted by name. */
  @ApiProperty({ type: [TypeDto] })
  items: TypeDto[];
}
