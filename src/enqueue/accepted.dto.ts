import { ApiProperty, IntersectionType, OmitType, PartialType, PickType } from '@nestjs/swagger';
import { RequestDto } from '../requests/request.dto';
import type { Accepted } from './accept-input';

/** An accepted request: it is recorded and has its place in the user's queue. */
export class AcceptedDto {
  /** The request's id. */
  @ApiProperty({ example: '019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11' })
  id: string;

  /** Its place in the order of the user's requests: a timestamp in microseconds that always grows. */
  @ApiProperty({ type: 'integer', format: 'int64', example: 1772357400123456 })
  seq: number;

  /** The name of its handler. */
  @ApiProperty({ example: 'http' })
  type: string;

  /** Its status when it was accepted. */
  @ApiProperty({ enum: ['queued', 'scheduled'], example: 'queued' })
  status: string;

  /** Number of the user's requests that start before it; absent while it is scheduled. */
  @ApiProperty({ type: 'integer', required: false, example: 0 })
  position?: number;

  /** When it was accepted. */
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T09:30:00.123Z' })
  createdAt: Date;

  static of({ requestId, seq, type, firstAnswer, createdAt }: Accepted): AcceptedDto {
    return { id: requestId, seq, type, ...firstAnswer, createdAt };
  }
}

const ALWAYS = ['id', 'seq', 'type', 'status', 'createdAt'] as const;

/**
 * The answers of `POST /enqueue`: an `AcceptedDto` with 202, a `RequestDto` with 200. The document describes both as
 * one schema, because generated clients have one type for all successes of a call.
 */
export class EnqueuedDto extends IntersectionType(
  PickType(RequestDto, ALWAYS),
  PartialType(OmitType(RequestDto, ALWAYS)),
) {}

/** Requests that were accepted together, in the order of the batch. */
export class AcceptedBatchDto {
  /** Adjacent in the queue. */
  @ApiProperty({ type: [AcceptedDto] })
  items: AcceptedDto[];
}
