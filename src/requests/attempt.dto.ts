import { ApiProperty } from '@nestjs/swagger';
import { ANY_JSON } from '../common/json/any-json.schema';

/** Why an attempt or a request failed. */
export class RequestErrorDto {
  /** What went wrong, for programs. */
  @ApiProperty({ example: 'http_503' })
  code: string;

  /** What went wrong, for people; a long text is cut with a mark. */
  @ApiProperty({ example: 'The target answered 503.' })
  message: string;

  /** Details given by the handler. */
  @ApiProperty({ ...ANY_JSON, required: false, example: { status: 503 } })
  details?: unknown;
}

/** The progress of an attempt. */
export class ProgressDto {
  /** From 0 to 1. */
  @ApiProperty({ minimum: 0, maximum: 1, example: 0.4 })
  done: number;

  /** Text given by the handler. */
  @ApiProperty({ required: false, example: '40 of 100 lines' })
  text?: string;

  /** When it was reported. */
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T09:30:00.250Z' })
  at: Date;
}

/** A line that the handler logged. */
export class LogLineDto {
  /** When. */
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T09:30:00.200Z' })
  at: Date;

  /** How bad it is. */
  @ApiProperty({ enum: ['info', 'warn', 'error'], example: 'info' })
  level: string;

  /** At most 500 characters. */
  @ApiProperty({ example: 'read 40 lines' })
  text: string;
}

/** The running attempt, and what its handler has reported so far, at most half a second old. */
export class RunningAttemptDto {
  /** Its number, from 1. */
  @ApiProperty({ type: 'integer', example: 1 })
  attempt: number;

  /** Its reported progress, if any. */
  @ApiProperty({ type: ProgressDto, required: false })
  progress?: ProgressDto;

  /** The latest 20 lines, oldest first. */
  @ApiProperty({ type: [LogLineDto], required: false })
  log?: LogLineDto[];
}

/** One attempt after its end. */
export class AttemptDto {
  /** From 1. An attempt that was lost with its worker has the same number as the attempt that repeats it. */
  @ApiProperty({ type: 'integer', example: 1 })
  number: number;

  /** When its worker got the request, just before the handler starts; absent if that was lost with the worker. */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2026-03-01T09:30:00.130Z' })
  startedAt?: Date;

  /**
   * When its handler ended, or its external worker reported the end, or its time was up; absent if the attempt was lost
   * with its worker.
   */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2026-03-01T09:30:00.390Z' })
  finishedAt?: Date;

  /** `lost`: the worker died or lost the lease; this does not count as a failed attempt. */
  @ApiProperty({ enum: ['succeeded', 'failed', 'timed_out', 'cancelled', 'lost'], example: 'failed' })
  outcome: string;

  /** Why the attempt failed; for a lost attempt, how its process ended, if known. */
  @ApiProperty({ type: RequestErrorDto, required: false })
  error?: RequestErrorDto;

  /** The worker that ran it; `hidden` for a portal link. */
  @ApiProperty({ example: 'worker-1' })
  worker: string;

  /** Its last reported progress, if any. */
  @ApiProperty({ type: ProgressDto, required: false })
  progress?: ProgressDto;

  /** The latest 20 lines that its handler logged, oldest first; not in lists. */
  @ApiProperty({ type: [LogLineDto], required: false })
  log?: LogLineDto[];
}
