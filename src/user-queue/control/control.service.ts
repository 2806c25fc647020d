import { Injectable } from '@nestjs/common';
import { eachInTurn } from '../../common/flow/each-in-turn';
import { Clock } from '../../common/time/clock';
import { permitted, type Permit } from '../../queue/epochs/permit';
import { QueueControls } from '../../queue/queue-controls.service';
import { ShardUnavailable } from '../../queue/shard-unavailable';
import { UserQueues } from '../../queue/user-queues.service';
import type { QueueDocument } from '../../journal/queue-record.schema';
import { controlOf, QueueChange, QueueRecords } from '../../journal/queue-records.service';

/**
 * Pause, resume, limits and the failure policy of a user's queue: recorded in MongoDB first, then applied in Redis.
 *
 * `permit -> write the record, version + 1, dirty -> Redis, unless it has a newer version -> not dirty`
 *
 * After a crash in between it stays dirty, and the maintenance applies it. Redis gets it only while the view lasts
 * under which the record was written or read: Redis forgets versions after a while (lua/_prelude.lua).
 */
@Injectable()
export class ControlService {
  constructor(
    private readonly queues: UserQueues,
    private readonly controls: QueueControls,
    private readonly records: QueueRecords,
    private readonly clock: Clock,
  ) {}

  /** A running request continues. @throws Problem unavailable: it is recorded then, and applied soon */
  async change(userId: string, change: QueueChange): Promise<QueueDocument> {
    return permitted(this.queues.permit(userId), async (permit) => {
      const { validUntil } = permit;
      const record = await this.records.change(userId, permit.shard, change);
      await this.apply(permit, record, validUntil);
      return record;
    });
  }

  /**
   * Applies settings that Redis may not have. @throws when a shard is closed or a store away, once all others were
   * tried: the next run continues
   */
  async applyDirty(): Promise<void> {
    await eachInTurn(this.records.dirty(), async ({ _id }) =>
      permitted(this.queues.permit(_id), async (permit) => {
        const { validUntil } = permit;
        const record = await this.records.find(_id);
        if (record?.dirty) await this.apply(permit, record, validUntil);
      }),
    );
  }

  private async apply(permit: Permit, record: QueueDocument, until: number): Promise<void> {
    if (this.clock.monotonic() >= until)
      throw new ShardUnavailable('The change is recorded, and takes effect within a minute.');
    await this.controls.apply(permit, controlOf(record));
    await this.records.applied(record, permit.shard);
  }
}
