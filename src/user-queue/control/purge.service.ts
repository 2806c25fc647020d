import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { EventBus } from '../../events/event-bus';
import { permitted, type Permit } from '../../queue/epochs/permit';
import { ExpiredPlaces } from '../../queue/expired-places.service';
import { QueueControls } from '../../queue/queue-controls.service';
import { mustBeValid } from '../../queue/shard-unavailable';
import { UserQueues } from '../../queue/user-queues.service';
import { Purged, PurgeScope, PurgeWrites } from '../../journal/purge-writes';

/** A failed request whose policy cancels the requests behind it. */
export interface CancelsRest {
  readonly requestId: string;
  readonly userId: string;
  /** The fencing token under which it failed. */
  readonly token: number;
  /** ms, the shard's time */
  readonly finishedAt: number;
}

/**
 * Cancels everything that waits in a user's queue; a running request continues.
 *
 * `mark (waiting requests are looked up before they run) -> the cancel writes -> remove cancelled requests from the queue`
 *
 * After a crash in between, the jobs are looked up, found cancelled, and dropped (P3); or a repeated call removes
 * them.
 */
@Injectable()
export class PurgeService {
  constructor(
    private readonly queues: UserQueues,
    private readonly controls: QueueControls,
    private readonly writes: PurgeWrites,
    private readonly expired: ExpiredPlaces,
    private readonly events: EventBus,
  ) {}

  /** @returns how many were cancelled @throws Problem unavailable: some may already be cancelled; repeat the call */
  async purge(userId: string): Promise<number> {
    return permitted(this.queues.permit(userId), async (permit) => {
      const { now, lastSeq, activeId, lastToken } = await this.controls.beginPurge(permit, userId);
      const scope = { purgeId: v7(), userId, shard: permit.shard, exceptId: activeId };
      return await this.cancelWaiting(permit, { ...scope, lastSeq, lastToken, cancelledAt: now });
    });
  }

  /**
   * The worker calls it before it passes the turn on. After a crash, the next worker that has the turn does, or the
   * recovery.
   */
  async cancelRest(permit: Permit, { requestId, userId, token, finishedAt }: CancelsRest): Promise<void> {
    const { lastSeq } = await this.controls.beginPurge(permit, userId);
    const scope = { purgeId: requestId, userId, shard: permit.shard, lastSeq, lastToken: token };
    await this.cancelWaiting(permit, { ...scope, acceptedUntil: finishedAt, cancelledAt: finishedAt });
    await this.writes.restIsCancelled(requestId);
  }

  private async cancelWaiting(permit: Permit, scope: PurgeScope): Promise<number> {
    let count = 0;
    mustBeValid(permit); // a rebuild would have removed the mark: a cancelled request may then have been given out
    for await (const purged of this.writes.cancelWaiting(scope)) {
      count += this.tell(scope, purged);
      mustBeValid(permit); // before each further chunk is cancelled
    }
    return count + (await this.takeOut(permit, scope));
  }

  /**
   * Removes all waiting requests that MongoDB has as cancelled from the queue, including those of an unfinished earlier
   * call, and places that no request has. Scheduled requests are cancelled in the same pass.
   * @returns how many scheduled ones
   */
  private async takeOut(permit: Permit, scope: PurgeScope): Promise<number> {
    const { userId } = scope;
    let count = 0;
    for await (const places of this.controls.waiting(permit, userId)) {
      const ids = places.map(({ requestId }) => requestId);
      count += await this.cancelScheduled(permit, scope, ids);
      const cancelled = await this.writes.cancelledOf(ids);
      await Promise.all(cancelled.map((id) => this.queues.remove(permit, userId, id)));
    }
    await this.expired.giveUp(permit, userId);
    return count;
  }

  /**
   * Marks each one by itself: the seq does not distinguish requests scheduled before the purge from those scheduled
   * later. (P1)
   */
  private async cancelScheduled(permit: Permit, scope: PurgeScope, ids: readonly string[]): Promise<number> {
    const scheduled = await this.writes.scheduledOf(scope, ids);
    if (scheduled.length === 0) return 0;
    const waits = await Promise.all(
      scheduled.map((id) => this.queues.markForLookUp(permit, scope.userId, id)),
    );
    mustBeValid(permit);
    return this.tell(
      scope,
      await this.writes.cancelThese(
        scope,
        scheduled.filter((_, i) => waits[i]),
      ),
    );
  }

  private tell({ userId }: PurgeScope, purged: readonly Purged[]): number {
    for (const { _id: requestId, type } of purged)
      this.events.emit('request.ended', { userId, requestId, type, status: 'cancelled' });
    return purged.length;
  }
}
