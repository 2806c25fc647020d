import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../common/time/clock';
import { MINUTE_MS } from '../common/time/units';
import { EventBus } from '../events/event-bus';
import { PendingRequests, ShardRequest } from './pending-requests';
import { ShardScripts } from './scripts/shard-scripts.service';
import { UserQueues } from './user-queues.service';
import { EpochView } from './epochs/epoch-view.service';
import { permitted } from './epochs/permit';

/** Younger requests may still be on their way into Redis. */
const OLD_ENOUGH_MS = MINUTE_MS;
/** Requests looked at in one step. */
const STEP = 200;

/**
 * Puts back pending requests that Redis does not know. What it finds is an orphan that nobody was promised (an API
 * process that froze in the middle of an accept), or a bug: there is an alarm on it. (P3)
 *
 * A request that has just ended is missing from Redis too, so it counts only if it is missing, and still pending, in
 * two looks.
 */
@Injectable()
export class Reconciler {
  private readonly log = new Logger(Reconciler.name);

  constructor(
    private readonly pending: PendingRequests,
    private readonly queues: UserQueues,
    private readonly scripts: ShardScripts,
    private readonly view: EpochView,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * Looks once at every pending request older than a minute.
   * @returns how many were put back
   * @throws when a shard is closed or a store away: the next run begins anew
   */
  async runOnce(olderThanMs = OLD_ENOUGH_MS): Promise<number> {
    const before = this.clock.wall() - olderThanMs;
    let count = 0;
    let after: ShardRequest | undefined;
    for (;;) {
      const requests = await this.pending.acceptedBefore(before, after, STEP);
      if (requests.length === 0) break;
      const suspects = new Set((await this.unknown(requests)).map(({ requestId }) => requestId));
      if (suspects.size > 0) {
        const again = await this.pending.acceptedBefore(before, after, STEP);
        const missing = await this.unknown(again.filter(({ requestId }) => suspects.has(requestId)));
        for (const request of missing) await this.putBack(request);
        count += missing.length;
      }
      after = requests.at(-1);
    }
    if (count > 0) {
      this.events.emit('requests.reconciled', { count });
      this.log.error(`${count} pending requests were unknown to Redis and have been put back`);
    }
    return count;
  }

  private async unknown(requests: readonly ShardRequest[]): Promise<ShardRequest[]> {
    const unknown: ShardRequest[] = [];
    for (const shard of new Set(requests.map((request) => request.shard))) {
      const of = requests.filter((request) => request.shard === shard);
      const args = of.flatMap(({ userId, requestId }) => [userId, requestId]);
      const known = (await this.scripts.call(
        'known',
        shard,
        this.view.epochOf(shard) ?? 0,
        args,
      )) as number[];
      unknown.push(...of.filter((_, i) => known[i] === 0));
    }
    return unknown;
  }

  private async putBack(request: ShardRequest): Promise<void> {
    await permitted(this.queues.permit(request.userId), async (permit) => {
      const runAt = request.attemptsMade === 0 ? request.runAt : undefined;
      await this.queues.putBack(permit, { ...request, runAt });
      await this.queues.confirm(permit, { ...request, keep: true });
    });
  }
}
