import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { EventBus } from '../../events/event-bus';
import type { Permit } from '../../queue/permit';
import { QueueControls } from '../../queue/queue-controls.service';
import { UserQueues } from '../../queue/user-queues.service';
import { PurgeScope, PurgeWrites } from '../record/purge-writes';

/** A request that failed, with the policy to cancel what waits behind it. */
export interface CancelsRest {
  readonly requestId: string;
  readonly userId: string;
  /** The fencing token under which it failed. */
  readonly token: number;
  /** ms, the shard's time */
  readonly finishedAt: number;
}

/**
 * Cancels all that waits in a user's queue; what is running finishes.
 *
 * `mark (what waits is looked up before it runs) -> the cancel writes -> take exactly those out of the queue`
 *
 * A crash in between leaves jobs that are looked up, found decided, and dropped. (P3)
 */
@Injectable()
export class PurgeService {
  constructor(
    private readonly queues: UserQueues,
    private readonly controls: QueueControls,
    private readonly writes: PurgeWrites,
    private readonly events: EventBus,
  ) {}

  /** @returns how many were cancelled @throws Problem unavailable: some may be cancelled already; it may be repeated */
  async purge(userId: string): Promise<number> {
    const permit = this.queues.permit(userId);
    try {
      const { now, activeId, lastToken } = await this.controls.beginPurge(permit, userId);
      const scope = { purgeId: v7(), userId, shard: permit.shard, exceptId: activeId };
      return await this.cancelWaiting(permit, { ...scope, lastToken, acceptedUntil: now });
    } finally {
      permit.release();
    }
  }

  /** Done by the worker before it passes the turn on; after a crash by whoever has the turn next, or by the recovery. */
  async cancelRest(permit: Permit, { requestId, userId, token, finishedAt }: CancelsRest): Promise<void> {
    await this.controls.beginPurge(permit, userId);
    const scope = { purgeId: requestId, userId, shard: permit.shard };
    await this.cancelWaiting(permit, { ...scope, lastToken: token, acceptedUntil: finishedAt });
    await this.writes.restIsCancelled(requestId);
  }

  private async cancelWaiting(permit: Permit, scope: PurgeScope): Promise<number> {
    const { userId } = scope;
    let count = 0;
    for await (const purged of this.writes.cancelWaiting(scope)) {
      for (const { _id: requestId, type } of purged)
        this.events.emit('request.ended', { userId, requestId, type, status: 'cancelled' });
      await Promise.all(purged.map(({ _id }) => this.queues.remove(permit, userId, _id)));
      count += purged.length;
    }
    return count;
  }
}
