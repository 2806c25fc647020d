import { ApiProperty } from '@nestjs/swagger';
import { DAY_MS, HOUR_MS } from '../common/time/units';

/** The wait between the attempts of a request that fails. */
export class RequestBackoffDto {
  /** `fixed`: the same wait each time; `exponential`: the wait doubles each time, with jitter. */
  @ApiProperty({ enum: ['exponential', 'fixed'], example: 'exponential' })
  type: string;

  /** The first wait, in milliseconds. */
  @ApiProperty({ type: 'integer', minimum: 0, maximum: DAY_MS, example: 1000 })
  delayMs: number;

  /** The longest wait, in milliseconds. */
  @ApiProperty({ type: 'integer', minimum: 0, maximum: DAY_MS, example: HOUR_MS })
  maxDelayMs: number;
}
