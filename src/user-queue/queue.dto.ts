import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { FAILURE_POLICIES, FailurePolicy } from '../journal/queue-record.schema';

const QUEUE_STATES = ['halted', 'paused', 'busy', 'waiting', 'idle'] as const;
export type QueueState = (typeof QUEUE_STATES)[number];

const STOPS = ['halt', 'pause', 'admin-pause'] as const;

/** One thing that stops a queue. The queue starts again once all of them are gone. */
export class StopDto {
  /**
   * `halt`: a failed request; retry or dismiss it. `pause`: its user; `POST /queue/resume` lifts it. `admin-pause`: an
   * admin; only an admin lifts it.
   */
  @ApiProperty({ enum: STOPS, example: 'halt' })
  by: (typeof STOPS)[number];

  /** When the stop began; `null` if unknown. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-03-01T09:30:00.390Z' })
  since: Date | null;

  /** For a halt: the failed request. */
  @ApiProperty({ required: false, example: '019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11' })
  requestId?: string;
}

/** The request that is running. */
export class RunningDto {
  /** Its id. */
  @ApiProperty({ example: '019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11' })
  id: string;

  /** When its attempt began. */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2026-03-01T09:30:00.130Z' })
  startedAt?: Date;
}

/** How often requests of a queue start: `limit` in any `perMs` milliseconds, all at once if they have saved up. */
export class StartRateDto {
  /** Starts. */
  @ApiProperty({ type: 'integer', example: 10 })
  limit: number;

  /** Milliseconds. */
  @ApiProperty({ type: 'integer', example: 1000 })
  perMs: number;
}

/** The limits of a queue. */
export class QueueLimitsDto {
  /** The maximum number of pending requests; beyond that, or if the total size of their payloads is too large, 429 `queue_full`. */
  @ApiProperty({ type: 'integer', example: 10000 })
  maxDepth: number;

  /** The maximum rate of starts; absent if there is no limit. */
  @ApiProperty({ type: StartRateDto, required: false })
  rate?: StartRateDto;
}

/** Changes to your queue. */
export class ChangeQueueDto {
  /**
   * What happens when a request fails permanently. `continue`: the next request runs. `halt`: nothing runs until the
   * failed request is retried or dismissed. `cancel-rest`: all waiting requests are cancelled.
   */
  @ApiProperty({ enum: FAILURE_POLICIES, example: 'halt' })
  @IsIn(FAILURE_POLICIES)
  onFailure: FailurePolicy;
}

/** The result of a purge. */
export class PurgedDto {
  /** Waiting requests that were cancelled. */
  @ApiProperty({ type: 'integer', example: 12 })
  cancelled: number;
}

/** A user's queue at this moment. */
export class QueueDto {
  /**
   * The first that applies: a failed request halts the queue; it is paused; a request is running; requests wait or
   * are scheduled; nothing is pending.
   */
  @ApiProperty({ enum: QUEUE_STATES, example: 'busy' })
  state: QueueState;

  /** The failed request that halts the queue, until it is retried or dismissed. */
  @ApiProperty({ required: false, example: '019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11' })
  haltedBy?: string;

  /** Everything that keeps the queue from starting requests; empty if nothing does. */
  @ApiProperty({ type: [StopDto] })
  stoppedBy: StopDto[];

  /** The request that is running; absent if none is. */
  @ApiProperty({ type: RunningDto, required: false })
  running?: RunningDto;

  /** Requests that wait or run, not counting those scheduled for later. */
  @ApiProperty({ type: 'integer', example: 3 })
  depth: number;

  /** Requests scheduled for a future time. */
  @ApiProperty({ type: 'integer', example: 0 })
  scheduled: number;

  /** How long the next request has waited since it was accepted; 0 if none waits. */
  @ApiProperty({ type: 'integer', example: 1200 })
  oldestWaitMs: number;

  /** Requests that succeed or fail per minute, by the latest 20; null with fewer than three. */
  @ApiProperty({ type: Number, nullable: true, example: 30 })
  drainPerMinute: number | null;

  /** When the next request may start, if that is in the future because of a backoff, a schedule, or a rate. */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2026-03-01T09:30:02.000Z' })
  nextDueAt?: Date;

  /** What happens when a request fails permanently; change it with `PATCH /queue`. */
  @ApiProperty({ enum: FAILURE_POLICIES, example: 'continue' })
  onFailure: FailurePolicy;

  /** The limits of the queue. */
  @ApiProperty({ type: QueueLimitsDto })
  limits: QueueLimitsDto;
}
