import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { IfGiven } from '../../common/validation/if-given.decorator';
import { DAY_MS, MINUTE_MS } from '../../common/time/units';
import { ToInteger } from '../../common/validation/to-integer.decorator';

export const REASONS = [
  'paused',
  'paused_by_admin',
  'halted',
  'retrying',
  'runs_long',
  'worker_lost',
  'no_worker',
  'workers_busy',
  'limited',
  'shard_closed',
] as const;

export type StuckReason = (typeof REASONS)[number];

export const DEFAULT_STUCK_LIMIT = 100;

/** Which queues count as stuck. */
export class StuckQueryDto {
  /** List queues that have not moved for longer than this, in milliseconds. Paused and halted queues are always listed. */
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: DAY_MS,
    required: false,
    default: MINUTE_MS,
    example: MINUTE_MS,
  })
  @IfGiven()
  @ToInteger()
  @IsInt()
  @Min(0)
  @Max(DAY_MS)
  longerThanMs?: number;

  /** Maximum number of users. */
  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: 500,
    required: false,
    default: DEFAULT_STUCK_LIMIT,
    example: DEFAULT_STUCK_LIMIT,
  })
  @IfGiven()
  @ToInteger()
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;
}

/** An action that cures a stuck queue. */
export class CureDto {
  /** What the cure does, for people to read. */
  @ApiProperty({ example: 'Dismiss the failed request: the next one runs.' })
  text: string;

  /** The method of the API call that does it; `null` if there is no such call. */
  @ApiProperty({ type: String, nullable: true, enum: ['POST', 'PUT', null], example: 'POST' })
  method: 'POST' | 'PUT' | null;

  /** The path of that call. */
  @ApiProperty({
    type: String,
    nullable: true,
    example:
      '/admin/users/0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11/requests/019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11/dismiss',
  })
  path: string | null;

  /** Its body, if it takes one. */
  @ApiProperty({ type: 'object', additionalProperties: true, selfRequired: false, example: { rate: null } })
  body?: Record<string, unknown>;
}

/** Why an attempt failed. */
export class StuckErrorDto {
  /** For programs. */
  @ApiProperty({ example: 'http_500' })
  code: string;

  /** For people. */
  @ApiProperty({ example: 'The target answered 500.' })
  message: string;
}

/** The user of a stuck queue. */
export class StuckUserDto {
  /** The user id, which names the queue. */
  @ApiProperty({ example: '0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11' })
  id: string;

  /** `null`: the user is being erased. */
  @ApiProperty({ type: String, enum: ['account', 'customer', null], nullable: true, example: 'customer' })
  kind: 'account' | 'customer' | null;

  /** The account's email; for a customer, the email of the account they belong to. */
  @ApiProperty({ type: String, nullable: true, format: 'email', example: 'shop@example.com' })
  email: string | null;

  /** For a customer: the account's ID of the customer. */
  @ApiProperty({ type: String, nullable: true, example: 'customer-4711' })
  customerId: string | null;
}

/** A user whose queue does not move, and why. */
export class StuckDto {
  /** By name. */
  @ApiProperty({ type: StuckUserDto })
  user: StuckUserDto;

  /**
   * `paused`, `paused_by_admin`. `halted`: by a failed request. `retrying`: the head fails again and again. `runs_long`: the
   * head is running. `worker_lost`: the lease of its worker has ended, and no other worker has taken the head back.
   * `no_worker`: the head is due, and no user of its lane is being served. `workers_busy`: the head is due, and the
   * workers of its lane serve others. `limited`: the user's rate delays the head. `shard_closed`: the shard is being
   * rebuilt, or Redis is away.
   */
  @ApiProperty({ enum: REASONS, example: 'halted' })
  reason: StuckReason;

  /** The reason as a sentence. */
  @ApiProperty({ example: 'A failed request halts the queue until it is retried or dismissed.' })
  why: string;

  /** When the reason began to apply; `null` if unknown. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-03-01T09:30:00.390Z' })
  since: Date | null;

  /** The request that holds up the queue: the failed, running or retried request, or the next one. */
  @ApiProperty({ type: String, nullable: true, example: '019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11' })
  requestId: string | null;

  /** How long ago the head was accepted, in milliseconds. The head is the request that runs, or the next one. */
  @ApiProperty({ type: 'integer', nullable: true, example: 1200000 })
  headAgeMs: number | null;

  /** When the head may start next, if it waits for a time. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  nextAttemptAt: Date | null;

  /** Failed attempts of the head; `null` if unknown. */
  @ApiProperty({ type: 'integer', nullable: true, example: 7 })
  attemptsMade: number | null;

  /** Why the head's last attempt failed. */
  @ApiProperty({ type: StuckErrorDto, nullable: true, example: null })
  lastError: StuckErrorDto | null;

  /** The worker that runs the request, or was running it when it was lost. */
  @ApiProperty({ type: String, nullable: true, example: null })
  worker: string | null;

  /** The pool of workers that serves the head. */
  @ApiProperty({ type: String, nullable: true, example: 'main' })
  lane: string | null;

  /** The user's shard. */
  @ApiProperty({ type: 'integer', example: 7 })
  shard: number;

  /** The cures, mildest first. */
  @ApiProperty({ type: [CureDto] })
  cures: CureDto[];
}

/** The queues that do not move. */
export class StuckListDto {
  /** The longest first; users with an unknown `since` are last. */
  @ApiProperty({ type: [StuckDto] })
  items: StuckDto[];

  /** Whether the list is complete. If not, there are more users than `limit`, or more than one call checks. */
  @ApiProperty({ example: true })
  isComplete: boolean;

  /** Closed shards: no queue on them moves, and at most 50 of their users are listed. */
  @ApiProperty({ type: [Number], example: [] })
  closedShards: number[];
}
