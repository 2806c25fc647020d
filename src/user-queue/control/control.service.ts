import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/time/clock';
import { permitted, type Permit } from '../../queue/epochs/permit';
import { QueueControls } from '../../queue/queue-controls.service';
import { ShardUnavailable } from '../../queue/shard-unavailable';
import { UserQueues } from '../../queue/user-queues.service';
import type { QueueDocument } from '../../journal/queue-record.schema';
import { controlOf, QueueChange, QueueRecords } from '../../journal/queue-records.service';

/**
 * Pause, resume, limits and the failure policy of a user's queue: on record first, then in force.
 *
 * `permit -> the record, with a version one higher, dirty -> Redis, unless it has a newer one -> not dirty`
 *
 * A crash in between leaves it dirty, and the maintenance brings it to Redis. Redis is told while the view lasts that the
 * record was written, or read, under, and no later: it forgets versions after a while (lua/_prelude.lua).
 */
@Injectable()
export class ControlService {
  constructor(
    private readonly queues: UserQueues,
    private readonly controls: QueueControls,
    private readonly records: QueueRecords,
    private readonly clock: Clock,
  ) {}

  /** What is running finishes. @throws Problem unavailable: it is on record then, and comes into force soon */
  async change(userId: string, change: QueueChange): Promise<QueueDocument> {
    return permitted(this.queues.permit(userId), async (permit) => {
      const { validUntil } = permit;
      const record = await this.records.change(userId, permit.shard, change);
      await this.apply(permit, record, validUntil);
      return record;
    });
  }

  /** Brings to Redis what it may not have. @throws when a shard is closed or a store away: the next run goes on */
  async repeat(): Promise<void> {
    for await (const { _id } of this.records.dirty()) {
      await permitted(this.queues.permit(_id), async (permit) => {
        const { validUntil } = permit;
        const record = await this.records.find(_id);
        if (record?.dirty) await this.apply(permit, record, validUntil);
      });
    }
  }

  private async apply(permit: Permit, record: QueueDocument, until: number): Promise<void> {
    if (this.clock.monotonic() >= until)
      throw new ShardUnavailable('It is on record, and comes into force within a minute.');
    await this.controls.apply(permit, controlOf(record));
    await this.records.applied(record);
  }
}
