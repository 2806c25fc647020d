import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { EventLog } from '../../common/log/event-log';
import { Clock } from '../../common/time/clock';
import { Coalescer } from '../../common/flow/coalescer';
import { SECOND_MS } from '../../common/time/units';
import { recoveryWaitMs } from '../../config/durations';
import { QueueSettings } from '../../config/settings';
import { ProcessWatch, WatchedProcess } from '../epochs/process-watch.service';
import type { Reservation } from './reservation';

/** How often the list of processes is read while a recovery waits. */
const LOOK_EVERY_MS = 25;
/** Wait before the log names the processes that a recovery waits for: live ones acknowledge in milliseconds. */
const SAID_AFTER_MS = SECOND_MS;

/**
 * Waits until no process can act under an older epoch of a shard. (P1, P3)
 *
 * Every process that has a view of an older epoch is listed, because it wrote itself into the list before it read. It
 * no longer matters when it has acknowledged the new epoch, has left, or was silent for its RECOVERY_WAIT: then every
 * view of an older epoch that it had has ended.
 */
@Injectable()
export class Acknowledgements {
  private readonly log = new EventLog(Acknowledgements.name);
  /** Shards that wait at the same time share a read. */
  private readonly lists: Coalescer<void, readonly WatchedProcess[]>;
  private said = '';

  constructor(
    watch: ProcessWatch,
    private readonly clock: Clock,
    settings: QueueSettings,
  ) {
    this.lists = new Coalescer<void, readonly WatchedProcess[]>({
      maxBatch: settings.shards,
      maxInFlight: 1,
      run: async (items) => {
        const listed = await watch.list();
        return items.map(() => listed);
      },
    });
  }

  /**
   * @param epoch the new one, already raised
   * @returns the highest seq that the processes have seen, us
   * @throws when the reservation is lost
   */
  async waitFor(reservation: Reservation, epoch: number, signal: AbortSignal): Promise<number> {
    const { shard } = reservation;
    const since = this.clock.monotonic();
    for (;;) {
      await reservation.extendIfDue();
      const listed = await this.lists.push();
      const waitedMs = this.clock.monotonic() - since;
      const awaited = listed.filter(
        ({ acknowledged, isSilent, durations }) =>
          !isSilent && (acknowledged[shard] ?? -1) < epoch && waitedMs < recoveryWaitMs(durations),
      );
      if (awaited.length === 0) {
        this.said = '';
        return Math.max(0, ...listed.map(({ clock }) => clock));
      }
      if (waitedMs >= SAID_AFTER_MS) this.say(awaited);
      await delay(LOOK_EVERY_MS, undefined, { signal });
    }
  }

  /** Runs once for all shards that wait for the same processes. */
  private say(awaited: readonly WatchedProcess[]): void {
    const ids = awaited.map(({ _id }) => _id).join();
    if (ids === this.said) return;
    this.said = ids;
    const names = awaited
      .map(
        ({ _id, host, heartbeatAt }) => `${_id} on ${host}, last heartbeat at ${heartbeatAt.toISOString()}`,
      )
      .join('; ');
    const mostMs = Math.max(...awaited.map(({ durations }) => recoveryWaitMs(durations)));
    this.log.write('recovery.waiting', { processes: names, limitMs: mostMs });
  }
}
