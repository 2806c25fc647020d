import { ApiProperty, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMinSize,
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IfGiven } from '../common/validation/if-given.decorator';
import { AnyJson } from '../common/json/any-json.decorator';
import { IsRfc3339 } from '../common/validation/rfc3339';
import { DAY_MS, HOUR_MS } from '../common/time/units';
import { Sound } from '../common/validation/sound.decorator';
import { WellFormed } from '../common/validation/well-formed.decorator';
import { MAX_URL_LENGTH, urlProblem } from '../handlers/http/target-url';
import { ANY_JSON } from '../common/json/any-json.schema';
import { MAX_BATCH } from '../journal/batches';
import { REQUEST_DEFAULTS } from '../types/request-type';

/** How far ahead a request may be scheduled. */
export const MAX_DELAY_MS = 365 * DAY_MS;

/** The wait between the attempts of a request that fails. */
export class BackoffDto {
  /** `fixed`: the same wait each time; `exponential`: the wait doubles each time, with jitter. */
  @ApiProperty({ enum: ['exponential', 'fixed'], example: 'exponential' })
  @IsIn(['exponential', 'fixed'])
  type: 'exponential' | 'fixed';

  /** The first wait, in milliseconds. */
  @ApiProperty({ type: 'integer', minimum: 0, maximum: DAY_MS, example: 1000 })
  @IsInt()
  @Min(0)
  @Max(DAY_MS)
  delayMs: number;

  /** The longest wait, in milliseconds. Default: one hour, or `delayMs` if that is longer. */
  @ApiProperty({ type: 'integer', minimum: 0, maximum: DAY_MS, required: false, example: HOUR_MS })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(DAY_MS)
  maxDelayMs?: number;
}

/** A request to put into the caller's queue. */
export class EnqueueDto {
  /** The request type, which selects the handler or external worker. */
  @ApiProperty({ example: 'http', minLength: 1, maxLength: 64 })
  @IsString()
  @Length(1, 64)
  type: string;

  /** Any JSON value that the type accepts, up to 256 KiB and 64 levels deep. It is stored and passed on exactly as written. */
  @ApiProperty({ ...ANY_JSON, required: true, example: { url: 'https://example.com/hook', body: { n: 1 } } })
  @AnyJson()
  @Sound('isDefined', (value) => (value === undefined ? 'payload is missing' : undefined))
  payload: unknown;

  /**
   * Start no earlier than this many milliseconds from now; not together with `runAt`. The request takes its place in
   * the queue when that time comes.
   */
  @ApiProperty({ type: 'integer', minimum: 0, maximum: MAX_DELAY_MS, required: false, example: 60000 })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(MAX_DELAY_MS)
  delayMs?: number;

  /** Start no earlier than this time (RFC 3339 with offset, at most a year ahead). A time in the past means now. */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2026-03-01T09:30:00Z' })
  @IfGiven()
  @IsRfc3339()
  runAt?: string;

  /** After this many failed attempts the request fails permanently. */
  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: 100,
    required: false,
    default: REQUEST_DEFAULTS.maxAttempts,
    example: 5,
  })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(100)
  maxAttempts?: number;

  /** The wait between attempts. Default: exponential, from 1 second to 1 hour. */
  @ApiProperty({ type: BackoffDto, required: false })
  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => BackoffDto)
  backoff?: BackoffDto;

  /** The time limit of one attempt, in milliseconds. The operator may have set a lower maximum. */
  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: HOUR_MS,
    required: false,
    default: REQUEST_DEFAULTS.timeoutMs,
    example: 30000,
  })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(HOUR_MS)
  timeoutMs?: number;

  /**
   * URL that receives a signed POST when the request ends. The callback does not hold up the queue. `http:` or
   * `https:`, at most 2,048 characters.
   */
  @ApiProperty({
    type: String,
    maxLength: MAX_URL_LENGTH,
    required: false,
    example: 'https://example.com/ended',
  })
  @IfGiven()
  @Sound('isTargetUrl', (value) => urlProblem(value)?.replace(/^url/, 'callbackUrl'))
  callbackUrl?: string;

  /** Up to 16 words of 1 to 64 characters, for searching. */
  @ApiProperty({ type: [String], maxItems: 16, required: false, example: ['invoice'] })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(16)
  @IsString({ each: true })
  @Length(1, 64, { each: true })
  @WellFormed()
  tags?: string[];
}

/** One request of a batch. The batch sets its time. */
export class BatchItemDto extends OmitType(EnqueueDto, ['delayMs', 'runAt'] as const) {}

/** Requests to put into the caller's queue together: all, adjacent and in their order, or none. */
export class EnqueueBatchDto {
  /** 1 to 250 requests; the whole body may be up to 1 MiB. */
  @ApiProperty({
    type: [BatchItemDto],
    minItems: 1,
    maxItems: MAX_BATCH,
    example: [{ type: 'http', payload: { url: 'https://example.com/hook', body: { n: 1 } } }],
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_BATCH)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => BatchItemDto)
  requests: BatchItemDto[];

  /** Start none of them earlier than this many milliseconds from now; not together with `runAt`. */
  @ApiProperty({ type: 'integer', minimum: 0, maximum: MAX_DELAY_MS, required: false, example: 60000 })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(MAX_DELAY_MS)
  delayMs?: number;

  /** Start none of them earlier than this time (RFC 3339 with offset, at most a year ahead). */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2026-03-01T09:30:00Z' })
  @IfGiven()
  @IsRfc3339()
  runAt?: string;
}
