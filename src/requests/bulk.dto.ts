import { ApiProperty, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsObject, ValidateNested } from 'class-validator';
import { IfGiven } from '../common/validation/if-given.decorator';
import { ListRequestsDto } from './list-requests.dto';

/** Selects requests: those that match all given filters. */
export class BulkFilterDto extends PickType(ListRequestsDto, [
  'status',
  'type',
  'tag',
  'from',
  'to',
] as const) {}

/** A bulk operation. */
export class BulkDto {
  /** `{}` means all. Requests to which the operation does not apply are skipped. */
  @ApiProperty({ type: BulkFilterDto, example: { type: 'http', from: '2026-03-01T00:00:00Z' } })
  @IsObject()
  @ValidateNested()
  @Type(() => BulkFilterDto)
  filter: BulkFilterDto;

  /** If true, nothing is changed; `count` says how many requests would be affected. */
  @ApiProperty({ type: 'boolean', default: false, required: false, example: false })
  @IfGiven()
  @IsBoolean()
  preview?: boolean;
}

/** The result of a bulk operation. */
export class BulkResultDto {
  /** The number of requests affected, or with `preview`, that would be affected. */
  @ApiProperty({ type: 'integer', example: 12 })
  count: number;
}
