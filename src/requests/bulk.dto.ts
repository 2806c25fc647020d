import { ApiProperty, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsObject, ValidateNested } from 'class-validator';
import { IfGiven } from '../common/validation/if-given.decorator';
import { ListRequestsDto } from './list-requests.dto';

/** Which requests are meant: those that match all that is given. */
export class BulkFilterDto extends PickType(ListRequestsDto, [
  'status',
  'type',
  'tag',
  'from',
  'to',
] as const) {}

/** What to do something about, everything at once. */
export class BulkDto {
  /** `{}` means all. Those that it cannot be done to are passed over. */
  @ApiProperty({ type: BulkFilterDto, example: { type: 'http', from: '2026-03-01T00:00:00Z' } })
  @IsObject()
  @ValidateNested()
  @Type(() => BulkFilterDto)
  filter: BulkFilterDto;

  /** True: nothing is done, and `count` tells how many requests it would be done to. */
  @ApiProperty({ type: 'boolean', default: false, required: false, example: false })
  @IfGiven()
  @IsBoolean()
  preview?: boolean;
}

/** What was done. */
export class BulkResultDto {
  /** Requests that it was done to, or with `preview` would be done to. */
  @ApiProperty({ type: 'integer', example: 12 })
  count: number;
}
