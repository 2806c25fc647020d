import { ApiProperty } from '@nestjs/swagger';
import { ANY_JSON } from '../common/json/any-json.schema';
import { HOUR_MS } from '../common/time/units';
import { AttemptDto, RequestErrorDto, RunningAttemptDto } from './attempt.dto';
import { RequestBackoffDto } from './backoff.dto';
import { CallbackDto } from './callback.dto';
import { DeliveryDto } from './delivery.dto';
import { REQUEST_STATUSES } from './request-status';

/** A request and its current state. */
export class RequestDto {
  /** The request's id. */
  @ApiProperty({ example: '019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11' })
  id: string;

  /** Its place in the order of the user's requests: a timestamp in microseconds that always grows. */
  @ApiProperty({ type: 'integer', format: 'int64', example: 1772357400123456 })
  seq: number;

  /** The name of its handler. */
  @ApiProperty({ example: 'http' })
  type: string;

  /** Exactly as it was sent. For a portal link, `hidden` replaces what may be a secret. */
  @ApiProperty({ ...ANY_JSON, required: true, example: { url: 'https://example.com/hook' } })
  payload: unknown;

  /** Its current or final status. */
  @ApiProperty({ enum: REQUEST_STATUSES, example: 'queued' })
  status: string;

  /**
   * How many requests of the user start before it: 0 for the next, or the running one; absent while scheduled, and
   * once ended.
   */
  @ApiProperty({ type: 'integer', required: false, example: 2 })
  position?: number;

  /** Estimated start, based on the speed of the user's latest requests; absent if unknown. */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2026-03-01T09:30:04.000Z' })
  estimatedStartAt?: Date;

  /** While `retrying`: the earliest start of the next attempt. */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2026-03-01T09:30:02.000Z' })
  nextAttemptAt?: Date;

  /** The latest 100 attempts that have ended. */
  @ApiProperty({ type: [AttemptDto] })
  attempts: AttemptDto[];

  /** While `active`: its running attempt. The progress and log of the handler are not in lists. */
  @ApiProperty({ type: RunningAttemptDto, required: false })
  running?: RunningAttemptDto;

  /** After this many failed attempts it fails permanently. */
  @ApiProperty({ type: 'integer', example: 5 })
  maxAttempts: number;

  /** The time limit of one attempt, in milliseconds; not in lists. */
  @ApiProperty({ type: 'integer', minimum: 1, maximum: HOUR_MS, required: false, example: 30000 })
  timeoutMs?: number;

  /** The wait between its attempts; not in lists. */
  @ApiProperty({ type: RequestBackoffDto, required: false })
  backoff?: RequestBackoffDto;

  /** What its handler returned, exactly; above 256 KiB `{"truncated": true, "bytes": N, "start": "..."}`. */
  @ApiProperty({ ...ANY_JSON, required: false, example: { status: 200 } })
  result?: unknown;

  /** Why the request failed permanently. */
  @ApiProperty({ type: RequestErrorDto, required: false })
  error?: RequestErrorDto;

  /** For the type `http`: what is sent to the target; not in lists, nor after its data is erased. */
  @ApiProperty({ type: DeliveryDto, required: false })
  delivery?: DeliveryDto;

  /** Its tags. */
  @ApiProperty({ type: [String], example: ['invoice'] })
  tags: string[];

  /** When it was accepted. */
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T09:30:00.123Z' })
  createdAt: Date;

  /** While `active`: when its running attempt began. */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2026-03-01T09:30:00.130Z' })
  activeSince?: Date;

  /** When its first attempt began. */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2026-03-01T09:30:00.130Z' })
  startedAt?: Date;

  /** If it has a `callbackUrl`: the state of the callback. */
  @ApiProperty({ type: CallbackDto, required: false })
  callback?: CallbackDto;

  /** When it ended. */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2026-03-01T09:30:00.390Z' })
  finishedAt?: Date;

  /** The time for which it is or was scheduled. */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2026-03-01T09:30:00.000Z' })
  runAt?: Date;

  /** When its data was erased: `payload` is `null`, `result` is absent, and errors have only their code. */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2026-03-01T09:30:00.000Z' })
  dataErasedAt?: Date;
}

/** A page of requests by `seq`: the newest first, or the oldest if `order` says so. */
export class RequestPageDto {
  /** May be fewer than `limit` even if more follow, when payloads are large. */
  @ApiProperty({ type: [RequestDto] })
  items: RequestDto[];

  /** The `cursor` of the next page; `null` on the last page. */
  @ApiProperty({ type: String, nullable: true, example: 'YmVmb3JlOjE3NzIzNTc0MDAxMjM0NTY' })
  nextCursor: string | null;
}
