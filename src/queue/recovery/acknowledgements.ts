import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { Coalescer } from '../../common/coalescer';
import { SECOND_MS } from '../../common/time';
import { QueueSettings } from '../../config/settings';
import { ProcessDocument, ProcessStore } from '../view/process.store';

/** How often the list of processes is read while a recovery waits. */
const LOOK_EVERY_MS = 25;

/**
 * Waits until nobody can act under a shard's older epochs any more. (P1, P3)
 *
 * Every process that got a view of an older epoch is listed, for it was written before it read. It is out of the way
 * when it has acknowledged the new epoch, or has left. After RECOVERY_WAIT = VIEW + 1 s every view of an older epoch
 * has ended, whatever the list says; who has not stirred for so long is taken off it, so that no later recovery
 * waits again. No clocks of two machines are compared.
 */
@Injectable()
export class Acknowledgements {
  private readonly recoveryWaitMs: number;
  /** Shards that wait at the same time share a read. */
  private readonly lists: Coalescer<void, readonly ProcessDocument[]>;

  constructor(
    private readonly processes: ProcessStore,
    private readonly clock: Clock,
    settings: QueueSettings,
  ) {
    this.recoveryWaitMs = settings.viewMs + SECOND_MS;
    this.lists = new Coalescer<void, readonly ProcessDocument[]>({
      maxBatch: settings.shards,
      maxInFlight: 1,
      run: async (items) => {
        const listed = await processes.list();
        return items.map(() => listed);
      },
    });
  }

  /**
   * @param epoch the new one, already raised
   * @returns the highest seq that the processes have seen, us
   */
  async waitFor(shard: number, epoch: number, signal: AbortSignal): Promise<number> {
    const since = this.clock.monotonic();
    const atFirst = new Map<string, number>();
    for (;;) {
      const listed = await this.lists.push();
      for (const { _id, heartbeatAt } of listed)
        if (!atFirst.has(_id)) atFirst.set(_id, heartbeatAt.getTime());
      const waited = this.clock.monotonic() - since >= this.recoveryWaitMs;
      if (waited) {
        const silent = listed.filter(({ _id, heartbeatAt }) => heartbeatAt.getTime() === atFirst.get(_id));
        await Promise.all(silent.map(({ _id, heartbeatAt }) => this.processes.remove(_id, heartbeatAt)));
      }
      if (waited || listed.every(({ acknowledged }) => (acknowledged[shard] ?? -1) >= epoch))
        return Math.max(0, ...listed.map(({ clock }) => clock));
      await delay(LOOK_EVERY_MS, undefined, { signal });
    }
  }
}
