import { Injectable } from '@nestjs/common';
import { EventLog } from '../common/log/event-log';
import { Clock } from '../common/time/clock';
import { EventBus } from '../events/event-bus';
import type { FaultKind } from '../events/event-map';
import { ExpiredPlaces } from './expired-places.service';
import { PendingRequests } from './pending-requests';
import { Permit, permitted } from './epochs/permit';
import type { RecordedControl } from './queue-control';
import { controlArgs, requestArgs } from './record-args';
import { ShardScripts } from './scripts/shard-scripts.service';
import { ShardUnavailable } from './shard-unavailable';
import { ScriptName } from './scripts/script-runner';
import { EpochView } from './epochs/epoch-view.service';

/** MongoDB's data of a user, to compare with Redis. */
export interface OnRecord {
  readonly userId: string;
  /** Ids of pending requests. */
  readonly requestIds?: readonly string[];
  readonly control?: RecordedControl | undefined;
}

export interface Fault {
  readonly kind: FaultKind;
  /** The recorded request that is affected; '' if Redis alone shows that the queue is broken. */
  readonly requestId: string;
}

/** Requests whose jobs are restored in one call. */
const REJOB_ITEMS = 32;
/** For a user without settings, or whose settings must not be compared. */
const NO_CONTROL = [0, 0, 0, 0, '', 0];

/**
 * Finds what is broken in users' queues in Redis, and rebuilds such a queue from MongoDB: one remedy for every kind of
 * damage. The other users of the shard are served meanwhile. (P2, P3, P5)
 */
@Injectable()
export class Mending {
  private readonly log = new EventLog(Mending.name);

  constructor(
    private readonly pending: PendingRequests,
    private readonly scripts: ShardScripts,
    private readonly view: EpochView,
    private readonly expired: ExpiredPlaces,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** The faults of these users of a shard; users without faults are missing. @throws ShardClosed */
  async faultsOf(shard: number, users: readonly OnRecord[]): Promise<Map<string, Fault[]>> {
    const args = users.flatMap(({ userId, control, requestIds = [] }) => [
      userId,
      ...(control ? controlArgs(control) : NO_CONTROL),
      requestIds.length,
      ...requestIds,
    ]);
    const epoch = this.view.epochOf(shard) ?? 0;
    const found = (await this.scripts.call('find_faults', shard, epoch, args)) as [FaultKind, string][][];
    const faults = found.map((each) => each.map(([kind, requestId]) => ({ kind, requestId })));
    return new Map(
      users.map(({ userId }, i) => [userId, faults[i]!] as const).filter(([, { length }]) => length > 0),
    );
  }

  /**
   * Rebuilds a user's queue. It may be repeated, and does no harm to an intact queue. Redis gets the settings only while
   * the view lasts under which they were read: it forgets versions after a while (lua/_prelude.lua).
   * @throws ShardClosed, ShardUnavailable
   */
  async mend(shard: number, userId: string, kinds: readonly FaultKind[]): Promise<void> {
    await permitted(this.view.permit(shard), async (permit) => {
      const { validUntil } = permit;
      await this.expired.giveUp(permit, userId);
      const control = await this.pending.controlOf(shard, userId);
      const requestIds: string[] = [];
      for await (const chunk of this.pending.ofUser(shard, userId)) {
        for (let i = 0; i < chunk.length; i += REJOB_ITEMS)
          await this.call('recreate_jobs', permit, chunk.slice(i, i + REJOB_ITEMS).flatMap(requestArgs));
        requestIds.push(...chunk.map(({ requestId }) => requestId));
      }
      if (this.clock.monotonic() >= validUntil)
        throw new ShardUnavailable(
          'The settings were read too long ago. The queue is mended within a minute.',
        );
      await this.call('mend', permit, [
        userId,
        ...(control ? controlArgs(control) : NO_CONTROL),
        ...requestIds,
      ]);
    });
    this.events.emit('queue.mended', { userId, kinds });
    this.log.write('queue.mended', { userId, kinds });
  }

  private call(name: ScriptName, { shard, epoch }: Permit, args: readonly (string | number)[]) {
    return this.scripts.call(name, shard, epoch, args);
  }
}
