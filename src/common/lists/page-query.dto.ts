import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsString, Max, Min } from 'class-validator';
import { IfGiven } from '../validation/if-given.decorator';
import { ToInteger } from '../validation/to-integer.decorator';

/** Items per page by default. */
export const DEFAULT_LIMIT = 50;

/** Selects a page of a list. */
export class PageQueryDto {
  /** Items at most. */
  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: 200,
    default: DEFAULT_LIMIT,
    required: false,
    example: 50,
  })
  @IfGiven()
  @ToInteger()
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;

  /** `nextCursor` of the previous page. */
  @ApiProperty({ required: false, example: 'YmVmb3JlOjE3NzIzNTc0MDAxMjM0NTY' })
  @IfGiven()
  @IsString()
  cursor?: string;
}
