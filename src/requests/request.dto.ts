import { ApiProperty } from '@nestjs/swagger';
import { ANY_JSON } from '../common/json/any-json.schema';
import { AttemptDto, RequestErrorDto, RunningAttemptDto } from './attempt.dto';
import { CallbackDto } from './callback.dto';
import { DeliveryDto } from './delivery.dto';
import { REQUEST_STATUSES } from './request-status';

/** A request, as it stands. */
export class RequestDto {
  /** The request's id. */
  @ApiProperty({ example: '019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11' })
  id: string;

  /** Its place in the order of the user's requests: a time in microseconds, which only ever grows. */
  @ApiProperty({ type: 'integer', format: 'int64', example: 1772357400123456 })
  seq: number;

  /** The name of its handler. */
  @ApiProperty({ example: 'http' })
  type: string;

  /** Exactly as it was sent. */
  @ApiProperty({ ...ANY_JSON, required: true, example: { url: 'https://example.com/hook' } })
  payload: unknown;

  /** What it is doing, or how it has ended. */
  @ApiProperty({ enum: REQUEST_STATUSES, example: 'queued' })
  status: string;

  /** How many requests of the user start before it: 0 for the next, or the running one; absent while scheduled, and once ended. */
  @ApiProperty({ type: 'integer', required: false, example: 2 })
  position?: number;

  /** When it will start, at the speed of the user's latest requests; absent where that is not known. */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2026-03-01T09:30:04.000Z' })
  estimatedStartAt?: Date;

  /** While `retrying`: not to be started before. */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2026-03-01T09:30:02.000Z' })
  nextAttemptAt?: Date;

  /** The attempts that have ended, the latest 100. */
  @ApiProperty({ type: [AttemptDto] })
  attempts: AttemptDto[];

  /** While `active`: what its handler has told so far, if it has; not in lists. */
  @ApiProperty({ type: RunningAttemptDto, required: false })
  running?: RunningAttemptDto;

  /** Failed attempts after which it is failed for good. */
  @ApiProperty({ type: 'integer', example: 5 })
  maxAttempts: number;

  /** What its handler gave back, exactly; above 256 KiB `{"truncated": true, "bytes": N, "start": "..."}`. */
  @ApiProperty({ ...ANY_JSON, required: false, example: { status: 200 } })
  result?: unknown;

  /** Why it has failed for good. */
  @ApiProperty({ type: RequestErrorDto, required: false })
  error?: RequestErrorDto;

  /** Of the type `http`: what its target is sent; not in lists, nor once its data is erased. */
  @ApiProperty({ type: DeliveryDto, required: false })
  delivery?: DeliveryDto;

  /** The words it was given to be found by. */
  @ApiProperty({ type: [String], example: ['invoice'] })
  tags: string[];

  /** When it was accepted. */
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T09:30:00.123Z' })
  createdAt: Date;

  /** When its first attempt began. */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2026-03-01T09:30:00.130Z' })
  startedAt?: Date;

  /** If it was given a `callbackUrl`: how far telling of its end has come. */
  @ApiProperty({ type: CallbackDto, required: false })
  callback?: CallbackDto;

  /** When it ended. */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2026-03-01T09:30:00.390Z' })
  finishedAt?: Date;

  /** The time it is, or was, scheduled for. */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2026-03-01T09:30:00.000Z' })
  runAt?: Date;

  /** Since when its data is erased: `payload` is `null`, `result` is gone, and errors have only their code. */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2026-03-01T09:30:00.000Z' })
  dataErasedAt?: Date;
}

/** A page of requests, the newest `seq` first. */
export class RequestPageDto {
  /** May be fewer than `limit` though more follow, where payloads are large. */
  @ApiProperty({ type: [RequestDto] })
  items: RequestDto[];

  /** For the `cursor` of the next page; null at the end. */
  @ApiProperty({ type: String, nullable: true, example: 'YmVmb3JlOjE3NzIzNTc0MDAxMjM0NTY' })
  nextCursor: string | null;
}
