import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import {
  Allow,
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsString,
  Length,
  Max,
  Min,
} from 'class-validator';
import { longestExternalLeaseMs, MOST_VIEW_MS } from '../../config/durations';
import { IfGiven } from '../../common/validation/if-given.decorator';
import { AnyJson } from '../../common/json/any-json.decorator';
import { Sound } from '../../common/validation/sound.decorator';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../common/time/units';
import { ANY_JSON } from '../../common/json/any-json.schema';
import { toldErrorProblem } from './told-error';
import { Unique } from '../../common/validation/unique.decorator';

export const DEFAULT_LEASE_MS = 10 * SECOND_MS;
/** The longest lease of any server, ms: this server's VIEW_MS may allow less. */
const MOST_LEASE_MS = longestExternalLeaseMs({ viewMs: MOST_VIEW_MS });

const LeaseMs = () =>
  applyDecorators(
    ApiProperty({
      type: 'integer',
      minimum: SECOND_MS,
      maximum: MOST_LEASE_MS,
      required: false,
      default: DEFAULT_LEASE_MS,
      example: DEFAULT_LEASE_MS,
    }),
    IfGiven(),
    IsInt(),
    Min(SECOND_MS),
    Max(MOST_LEASE_MS),
  );

/** A claim of an external worker. */
export class ClaimDto {
  /** External types that this worker serves, 1 to 50. */
  @ApiProperty({ type: [String], minItems: 1, maxItems: 50, example: ['render'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @Unique()
  @IsString({ each: true })
  @Length(1, 64, { each: true })
  types: string[];

  /** The maximum number of requests to claim, each of a different user. */
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 100, required: false, default: 1, example: 10 })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(100)
  max?: number;

  /** The duration of each lease unless extended, in milliseconds; at most two thirds of VIEW_MS (20 s by default). */
  @LeaseMs()
  leaseMs?: number;

  /** How long to wait for the first request, in milliseconds; 0: do not wait. */
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: MINUTE_MS,
    required: false,
    default: 0,
    example: 20_000,
  })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(MINUTE_MS)
  waitMs?: number;
}

const FENCING_TOKEN = { type: 'integer', minimum: 1, example: 4711 } as const;

/** Extends a lease. */
export class ExtendDto {
  /** The `fencingToken` of the claimed request. */
  @ApiProperty(FENCING_TOKEN)
  @IsInt()
  @Min(1)
  fencingToken: number;

  /**
   * The new duration from now, in milliseconds; at most two thirds of VIEW_MS (20 s by default). A lease is never shortened.
   */
  @LeaseMs()
  leaseMs?: number;
}

/** The attempt succeeded. */
export class CompleteDto {
  /** The `fencingToken` of the claimed request. */
  @ApiProperty(FENCING_TOKEN)
  @IsInt()
  @Min(1)
  fencingToken: number;

  /** Any JSON value, kept exactly as written and shown with the request; cut if it is too large. */
  @ApiProperty({ ...ANY_JSON, required: false, example: { pages: 3 } })
  @IfGiven()
  @AnyJson()
  @Allow()
  result?: unknown;
}

/** The attempt failed. */
export class FailDto {
  /** The `fencingToken` of the claimed request. */
  @ApiProperty(FENCING_TOKEN)
  @IsInt()
  @Min(1)
  fencingToken: number;

  /** Why: a sentence, or an object of `message`, `code` (1 to 64 of `a-z 0-9 _`) and `details`. */
  @ApiProperty({
    required: true,
    oneOf: [
      { type: 'string', minLength: 1 },
      {
        type: 'object',
        required: ['message'],
        properties: {
          message: { type: 'string', minLength: 1 },
          code: { type: 'string', pattern: '^[a-z0-9_]{1,64}$' },
          details: { type: 'object', additionalProperties: true },
        },
        additionalProperties: false,
      },
    ],
    example: { code: 'no_such_page', message: 'The document has no page 7.' },
  })
  @AnyJson()
  @Sound('isToldError', toldErrorProblem)
  error: unknown;

  /** If false, the request fails permanently even if attempts are left. */
  @ApiProperty({ type: Boolean, required: false, default: true, example: true })
  @IfGiven()
  @IsBoolean()
  retryable?: boolean;

  /** The wait before the next attempt, in milliseconds, instead of the request's backoff. */
  @ApiProperty({ type: 'integer', minimum: 0, maximum: DAY_MS, required: false, example: 5000 })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(DAY_MS)
  retryAfterMs?: number;
}

/** An extended lease. */
export class ExtendedDto {
  /** The remaining lease, in milliseconds; it may be more or less than requested. Count it from before you sent this call. */
  @ApiProperty({ type: 'integer', example: 20000 })
  leaseMs: number;

  /** The end of the lease, by the server's clock. */
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T09:30:20.000Z' })
  leaseUntil: Date;

  /**
   * The request was cancelled: stop, and report how it ended. The user's next request waits for your report, or for
   * the end of the lease.
   */
  @ApiProperty({ type: Boolean, example: false })
  cancelRequested: boolean;
}

/** The state of the request after a report. */
export class WorkOutcomeDto {
  /** A final one, or `retrying`. */
  @ApiProperty({ enum: ['succeeded', 'failed', 'retrying', 'cancelled', 'dismissed'], example: 'succeeded' })
  status: string;

  /** When the next attempt may start, if there is one. */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2026-03-01T09:30:01.390Z' })
  nextAttemptAt?: Date;
}
