import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsIn, IsInt, IsString, Length, Max, Min } from 'class-validator';
import { IfGiven } from '../common/validation/if-given.decorator';
import { PageQueryDto } from '../common/lists/page-query.dto';
import { LIST_ORDERS, ListOrder } from './list-cursor';
import { IsRfc3339 } from '../common/validation/rfc3339';
import { WithoutNul } from '../common/validation/without-nul.decorator';
import { ToInteger } from '../common/validation/to-integer.decorator';
import { REQUEST_STATUSES, RequestStatus } from './request-status';
import { MAX_WAIT_SECONDS } from './request-waiter.service';

/** Selects the requests of a list: those that match all given filters. */
export class ListRequestsDto extends PageQueryDto {
  /** With any of these statuses; the parameter may be repeated. */
  @ApiProperty({
    enum: REQUEST_STATUSES,
    isArray: true,
    minItems: 1,
    maxItems: REQUEST_STATUSES.length,
    required: false,
    example: ['queued', 'active'],
  })
  @IfGiven()
  @Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? (value as unknown[]) : [value]))
  @ArrayMinSize(1)
  @ArrayMaxSize(REQUEST_STATUSES.length)
  @IsIn(REQUEST_STATUSES, { each: true })
  status?: RequestStatus[];

  /** Of this type. */
  @ApiProperty({ required: false, example: 'http' })
  @IfGiven()
  @IsString()
  @Length(1, 64)
  type?: string;

  /** With this tag. */
  @ApiProperty({ required: false, example: 'invoice' })
  @IfGiven()
  @IsString()
  @Length(1, 64)
  tag?: string;

  /** Accepted at or after this time (RFC 3339 with offset). */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2026-03-01T00:00:00Z' })
  @IfGiven()
  @IsRfc3339()
  from?: string;

  /** Accepted before this time (RFC 3339 with offset). */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2026-03-02T00:00:00Z' })
  @IfGiven()
  @IsRfc3339()
  to?: string;

  /**
   * An ID, a tag, or text that the payload contains, in any letter case. For a portal link, payloads that may contain
   * a secret are not searched.
   */
  @ApiProperty({ required: false, example: 'invoice' })
  @IfGiven()
  @IsString()
  @Length(1, 200)
  @WithoutNul()
  q?: string;

  /** By `seq`: `newest` first, or `oldest` first (the order of running). */
  @ApiProperty({ enum: LIST_ORDERS, default: 'newest', required: false, example: 'oldest' })
  @IfGiven()
  @IsIn(LIST_ORDERS)
  order?: ListOrder;
}

/** How to read one request. */
export class GetRequestQueryDto {
  /** Seconds to wait for the request to end. After that, the answer is its current state. */
  @ApiProperty({ type: 'integer', minimum: 1, maximum: MAX_WAIT_SECONDS, required: false, example: 10 })
  @IfGiven()
  @ToInteger()
  @IsInt()
  @Min(1)
  @Max(MAX_WAIT_SECONDS)
  wait?: number;
}
