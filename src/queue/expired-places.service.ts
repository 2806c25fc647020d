import { Injectable } from '@nestjs/common';
import type { Permit } from './epochs/permit';
import { PendingRequests } from './pending-requests';
import { QueueControls } from './queue-controls.service';
import { UserQueues } from './user-queues.service';

/**
 * Gives up places of an accept or a retry that ended half way: its process died, and it was never acknowledged.
 *
 * The worker that gets such a place looks it up, so this is only needed where none comes: the queue stands still, or the
 * place is for a type that no worker serves.
 */
@Injectable()
export class ExpiredPlaces {
  constructor(
    private readonly controls: QueueControls,
    private readonly pending: PendingRequests,
    private readonly queues: UserQueues,
  ) {}

  /** Removes the user's places whose hold has ended, if no pending request has them. (P3) @throws ShardUnavailable */
  async giveUp(permit: Permit, userId: string): Promise<void> {
    for await (const places of this.controls.waiting(permit, userId))
      for (const { requestId, seq } of places.filter(({ hasExpired }) => hasExpired))
        if (await this.pending.isWithoutRequest(userId, requestId, seq))
          await this.queues.confirm(permit, { userId, requestId, seq, accepted: false });
  }
}
