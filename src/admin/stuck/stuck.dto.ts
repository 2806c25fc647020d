import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { IfGiven } from '../../common/validation/if-given.decorator';
import { DAY_MS, MINUTE_MS } from '../../common/time/units';
import { ToInteger } from '../../common/validation/to-integer.decorator';

export const REASONS = ['waits_for_worker', 'paused', 'halted', 'runs_long', 'shard_closed'] as const;

/** What counts as stuck. */
export class StuckQueryDto {
  /** Whoever has been due, or running, for longer than this is named, in milliseconds. */
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: DAY_MS,
    required: false,
    default: MINUTE_MS,
    example: MINUTE_MS,
  })
  @IfGiven()
  @ToInteger()
  @IsInt()
  @Min(0)
  @Max(DAY_MS)
  longerThanMs?: number;
}

/** A user whose queue does not move, and why. */
export class StuckDto {
  /** The user; absent where a whole shard is closed. */
  @ApiProperty({ required: false, example: '0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11' })
  userId?: string;

  /**
   * `waits_for_worker`: due, and no worker of its lane has taken it: there is none, or all are busy. `paused`, `halted`: by
   * its user or an admin, by a failed request. `runs_long`: its request is running. `shard_closed`: all users of the shard
   * wait for it to be rebuilt.
   */
  @ApiProperty({ enum: REASONS, example: 'halted' })
  reason: (typeof REASONS)[number];

  /** The request at the head: the one that is due, or running. */
  @ApiProperty({ required: false, example: '019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11' })
  requestId?: string;

  /** Due, or running, since then. */
  @ApiProperty({ type: String, format: 'date-time', required: false })
  since?: Date;

  /** The pool of workers that serves it. */
  @ApiProperty({ required: false, example: 'main' })
  lane?: string;

  /** Its shard. */
  @ApiProperty({ type: 'integer', example: 7 })
  shard: number;
}

/** Whose queue does not move. */
export class StuckListDto {
  /** At most 50 of a shard for each reason. */
  @ApiProperty({ type: [StuckDto] })
  items: StuckDto[];
}
