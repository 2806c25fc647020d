import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsObject, Max, Min, ValidateIf, ValidateNested } from 'class-validator';
import { DAY_MS } from '../common/time/units';

const MOST = 1_000_000;

/** The field may be omitted (unchanged) or `null` (the default). */
const OrNull = () => ValidateIf((_, value) => value !== undefined && value !== null);

const COUNT = { type: 'integer', minimum: 1, maximum: MOST, example: 10 } as const;
const PERIOD = { type: 'integer', minimum: 1, maximum: DAY_MS, example: 1000 } as const;

/** How often requests start. */
export class RateDto {
  /** Starts. */
  @ApiProperty(COUNT)
  @IsInt()
  @Min(1)
  @Max(MOST)
  limit: number;

  /** Milliseconds. */
  @ApiProperty(PERIOD)
  @IsInt()
  @Min(1)
  @Max(DAY_MS)
  perMs: number;
}

/** New limits for a user's queue. Omitted ones are unchanged; `null` restores the default. */
export class LimitsDto {
  /** The maximum number of pending requests. A limit above the default also raises the total size of payloads, in proportion. */
  @ApiProperty({ type: 'integer', minimum: 0, maximum: MOST, nullable: true, required: false, example: 500 })
  @OrNull()
  @IsInt()
  @Min(0)
  @Max(MOST)
  maxDepth?: number | null;

  /** The maximum rate of starts. */
  @ApiProperty({
    type: 'object',
    nullable: true,
    selfRequired: false,
    required: ['limit', 'perMs'],
    additionalProperties: false,
    properties: { limit: COUNT, perMs: PERIOD },
    example: { limit: 10, perMs: 1000 },
  })
  @OrNull()
  @IsObject()
  @ValidateNested()
  @Type(() => RateDto)
  rate?: RateDto | null;
}
