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
import { IfGiven } from '../../common/validation/if-given.decorator';
import { AnyJson } from '../../common/json/any-json.decorator';
import { Sound } from '../../common/validation/sound.decorator';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../common/time/units';
import { ANY_JSON } from '../../common/json/any-json.schema';
import type { ExternalAttempt } from './external-claimant';
import { traceOf } from '../../common/trace/traceparent';
import { toldErrorProblem } from './told-error';
import { Unique } from '../../common/validation/unique.decorator';
import { JsonText } from '../../common/json/json-text';

export const DEFAULT_LEASE_MS = 10 * SECOND_MS;

/** What an external worker would do. */
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

  /** The duration of each lease unless extended, in milliseconds; at most two thirds of VIEW_MS (20 s). */
  @ApiProperty({
    type: 'integer',
    minimum: SECOND_MS,
    required: false,
    default: DEFAULT_LEASE_MS,
    example: DEFAULT_LEASE_MS,
  })
  @IfGiven()
  @IsInt()
  @Min(SECOND_MS)
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

/** Keeps a lease. */
export class ExtendDto {
  /** The `fencingToken` of the claimed request. */
  @ApiProperty(FENCING_TOKEN)
  @IsInt()
  @Min(1)
  fencingToken: number;

  /**
   * The new duration from now, in milliseconds; at most two thirds of VIEW_MS (20 s). A lease is never shortened.
   */
  @ApiProperty({ type: 'integer', minimum: SECOND_MS, required: false, default: DEFAULT_LEASE_MS })
  @IfGiven()
  @IsInt()
  @Min(SECOND_MS)
  leaseMs?: number;
}

/** The work is done. */
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

/** The attempt has failed. */
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
  @ApiProperty({ type: Boolean, required: false, default: true })
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

/** A request that is to be run. */
export class ClaimedRequestDto {
  /** The request's ID, for the paths of `/work/{id}/...`. */
  @ApiProperty({ example: '019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11' })
  id: string;

  /** The user to whom it belongs. */
  @ApiProperty({ example: '019cb0a4-0000-7c3e-9d57-2f4f7a1f6a11' })
  userId: string;

  /** Its place in its user's order. */
  @ApiProperty({ type: 'integer', example: 1795586873275008 })
  seq: number;

  /** One of the claimed types. */
  @ApiProperty({ example: 'render' })
  type: string;

  /** Exactly as it was written. */
  @ApiProperty({ ...ANY_JSON, required: true, example: { page: 1 } })
  payload: unknown;

  /** After this many failed attempts it fails permanently. */
  @ApiProperty({ type: 'integer', example: 5 })
  maxAttempts: number;

  /** The time limit of the attempt; the lease is not extended beyond it. */
  @ApiProperty({ type: 'integer', example: 30000 })
  timeoutMs: number;

  /** When it was accepted. */
  @ApiProperty({ type: String, format: 'date-time' })
  createdAt: Date;
}

/** An attempt that the worker has the lease of. */
export class ClaimedDto {
  /** The request to run. */
  @ApiProperty({ type: ClaimedRequestDto })
  request: ClaimedRequestDto;

  /** 1 for the first attempt. */
  @ApiProperty({ type: 'integer', example: 1 })
  attempt: number;

  /** Grows with every attempt of a user: a receiver that remembers the highest token can refuse late calls. */
  @ApiProperty({ type: 'integer', example: 4711 })
  fencingToken: number;

  /**
   * The remaining lease, in milliseconds; it may be less than requested. Count it with a monotonic clock from when
   * you receive this answer. Stop or extend before it ends: one second after the end another worker may run the
   * request.
   */
  @ApiProperty({ type: 'integer', example: 20000 })
  leaseMs: number;

  /** The end of the lease, by the server's clock. */
  @ApiProperty({ type: String, format: 'date-time' })
  leaseUntil: Date;

  /** W3C trace context of the attempt, for the worker to send with its own calls; absent if the attempt is not traced. */
  @ApiProperty({ required: false, example: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' })
  traceparent?: string;

  static of({ turn, attempt }: ExternalAttempt): ClaimedDto {
    const { requestId: id, userId, seq, type, payload, options, token, acceptedAt } = turn.job;
    const request = {
      ...{ id, userId, seq, type, payload: new JsonText(payload) },
      ...{ maxAttempts: options.attempts, timeoutMs: options.timeout, createdAt: new Date(acceptedAt) },
    };
    const { leaseMs, leaseUntil } = turn;
    const trace = traceOf(turn.job);
    return {
      ...{ request, attempt, fencingToken: token, leaseMs, leaseUntil },
      ...(trace && { traceparent: trace.own }),
    };
  }
}

/** What was claimed: no two requests of one user. */
export class ClaimedListDto {
  /** Each of a different user. */
  @ApiProperty({ type: [ClaimedDto] })
  items: ClaimedDto[];
}

/** A lease that goes on. */
export class ExtendedDto {
  /** The remaining lease, in milliseconds; it may be more or less than requested. Count it from before you sent this call. */
  @ApiProperty({ type: 'integer', example: 20000 })
  leaseMs: number;

  /** The end of the lease, by the server's clock. */
  @ApiProperty({ type: String, format: 'date-time' })
  leaseUntil: Date;

  /**
   * The request was cancelled: stop, and report how it ended. The user's next request waits for your report, or for
   * the end of the lease.
   */
  @ApiProperty({ type: Boolean, example: false })
  cancelRequested: boolean;
}

/** The state of the request. */
export class WorkOutcomeDto {
  /** A final one, or `retrying`. */
  @ApiProperty({ enum: ['succeeded', 'failed', 'retrying', 'cancelled', 'dismissed'], example: 'succeeded' })
  status: string;

  /** When the next attempt may start, if there is one. */
  @ApiProperty({ type: String, format: 'date-time', required: false })
  nextAttemptAt?: Date;
}
