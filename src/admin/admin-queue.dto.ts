import { ApiProperty } from '@nestjs/swagger';
import { QueueDto } from '../user-queue/queue.dto';

/** Jobs of a Bull queue. */
export class BullCountsDto {
  /** In `wait`. */
  @ApiProperty({ type: 'integer', example: 2 })
  waiting: number;

  /** In `active`: 1 at most, the one whose user is leased. */
  @ApiProperty({ type: 'integer', example: 1 })
  active: number;

  /** In `delayed`: scheduled requests. */
  @ApiProperty({ type: 'integer', example: 0 })
  delayed: number;
}

/** The user's named Bull queue in Redis, for tools that read by Bull's own API. They must not write. */
export class BullQueueDto {
  /** The user's id. */
  @ApiProperty({ example: '0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11' })
  name: string;

  /** The tag of the user's shard. */
  @ApiProperty({ example: '{tw7}' })
  prefix: string;

  /** Bull's counts. */
  @ApiProperty({ type: BullCountsDto })
  counts: BullCountsDto;
}

/** What admins see of a user's queue. */
export class AdminQueueDto extends QueueDto {
  /** The name and prefix under which Bull tools find the queue. */
  @ApiProperty({ type: BullQueueDto })
  bull: BullQueueDto;
}
