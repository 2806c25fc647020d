import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { ToInteger } from '../../common/validation/to-integer.decorator';
import { IfGiven } from '../../common/validation/if-given.decorator';

export const DEFAULT_MINUTES = 60;
const MOST_MINUTES = 1_440;

/** Selects the period. */
export class ThroughputQueryDto {
  /** The number of whole minutes, up to the latest one that all processes have reported. Minutes are kept for a day. */
  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: MOST_MINUTES,
    required: false,
    default: DEFAULT_MINUTES,
    example: DEFAULT_MINUTES,
  })
  @IfGiven()
  @ToInteger()
  @IsInt()
  @Min(1)
  @Max(MOST_MINUTES)
  minutes?: number;
}

/** The counts of one minute. `null` means unknown: no process has reported it. */
export class MinuteDto {
  /** The start of the minute. */
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T09:30:00.000Z' })
  at: Date;

  /** Requests accepted. */
  @ApiProperty({ type: 'integer', nullable: true, example: 240 })
  accepted: number | null;

  /** Requests that ended, with any status. */
  @ApiProperty({ type: 'integer', nullable: true, example: 231 })
  ended: number | null;

  /** Requests of these that failed permanently. */
  @ApiProperty({ type: 'integer', nullable: true, example: 2 })
  failed: number | null;
}

/** What the service did, minute by minute. */
export class ThroughputDto {
  /** The oldest first. When a process dies, its counts of the last ten seconds are lost. */
  @ApiProperty({ type: [MinuteDto] })
  items: MinuteDto[];
}
