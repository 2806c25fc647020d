import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { ToInteger } from '../../common/validation/to-integer.decorator';
import { IfGiven } from '../../common/validation/if-given.decorator';

export const DEFAULT_MINUTES = 60;
const MOST_MINUTES = 1_440;

/** How much of it is read. */
export class ThroughputQueryDto {
  /** So many whole minutes, up to the latest that all processes have told of. A minute is kept for a day. */
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

/** What happened in one minute. `null` is not known: no process has told of it. */
export class MinuteDto {
  /** Its begin. */
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T09:30:00.000Z' })
  at: Date;

  /** Requests accepted. */
  @ApiProperty({ type: 'integer', nullable: true, example: 240 })
  accepted: number | null;

  /** Requests that ended, whatever their end was. */
  @ApiProperty({ type: 'integer', nullable: true, example: 231 })
  ended: number | null;

  /** Those of them that failed for good. */
  @ApiProperty({ type: 'integer', nullable: true, example: 2 })
  failed: number | null;
}

/** What the service did, minute by minute. */
export class ThroughputDto {
  /** The oldest first. A process that dies takes with it what it has counted in its last ten seconds. */
  @ApiProperty({ type: [MinuteDto] })
  items: MinuteDto[];
}
