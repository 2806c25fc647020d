import { ApiProperty } from '@nestjs/swagger';
import { ANY_JSON } from '../../common/json/any-json.schema';
import { JsonText } from '../../common/json/json-text';
import { traceOf } from '../../common/trace/traceparent';
import type { ExternalAttempt } from './external-claimant';

/** A request to run. */
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
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T09:30:00.000Z' })
  createdAt: Date;
}

/** An attempt whose lease the worker has. */
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
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T09:30:10.000Z' })
  leaseUntil: Date;

  /** W3C trace context of the attempt, for the worker to send with its own calls; absent if the attempt is not traced. */
  @ApiProperty({ required: false, example: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' })
  traceparent?: string;

  static of({ turn, attempt }: ExternalAttempt): ClaimedDto {
    const { requestId: id, userId, seq, type, payload, options, token, acceptedAt } = turn.job;
    const request = {
      id,
      userId,
      seq,
      type,
      payload: new JsonText(payload),
      maxAttempts: options.attempts,
      timeoutMs: options.timeout,
      createdAt: new Date(acceptedAt),
    };
    const { leaseMs, leaseUntil } = turn;
    const trace = traceOf(turn.job);
    return {
      request,
      attempt,
      fencingToken: token,
      leaseMs,
      leaseUntil,
      ...(trace && { traceparent: trace.own }),
    };
  }
}

/** The claimed requests, no two of the same user. */
export class ClaimedListDto {
  /** Each of a different user. */
  @ApiProperty({ type: [ClaimedDto] })
  items: ClaimedDto[];
}
