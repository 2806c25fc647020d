import { Injectable } from '@nestjs/common';
import { QueueControls } from '../../queue/queue-controls.service';
import { UserQueues } from '../../queue/user-queues.service';
import type { QueueDocument } from '../record/queue-record.schema';
import { controlOf, QueueChange, QueueRecords } from '../record/queue-records.service';

/**
 * Pause, resume, limits and the failure policy of a user's queue: on record first, then in force.
 *
 * `permit -> the record, with a version one higher, dirty -> Redis, unless it has a newer one -> not dirty`
 *
 * A crash in between leaves it dirty, and the maintenance brings it to Redis.
 */
@Injectable()
export class ControlService {
  constructor(
    private readonly queues: UserQueues,
    private readonly controls: QueueControls,
    private readonly records: QueueRecords,
  ) {}

  /** What is running finishes. @throws Problem unavailable: it is on record then, and comes into force soon */
  async change(userId: string, change: QueueChange): Promise<QueueDocument> {
    const permit = this.queues.permit(userId);
    try {
      const record = await this.records.change(userId, permit.shard, change);
      await this.controls.apply(permit, controlOf(record));
      await this.records.applied(record);
      return record;
    } finally {
      permit.release();
    }
  }

  /** Brings to Redis what it may not have. @throws when a shard is closed or a store away: the next run goes on */
  async repeat(): Promise<void> {
    for await (const records of this.records.dirty())
      for (const record of records) {
        const permit = this.queues.permit(record._id);
        try {
          await this.controls.apply(permit, controlOf(record));
          await this.records.applied(record);
        } finally {
          permit.release();
        }
      }
  }
}
