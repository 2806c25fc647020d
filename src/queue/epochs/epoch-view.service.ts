import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { EventLog } from '../../common/log/event-log';
import { Clock } from '../../common/time/clock';
import { QueueSettings } from '../../config/settings';
import type { Permit } from './permit';
import { ShardUnavailable } from '../shard-unavailable';
import { Permits } from './permits';
import { ProcessStore } from './process.store';
import { CannotServe } from './epoch-document';
import { EpochStore } from './epoch.store';

/** How often the shutdown checks whether permits are still in use. */
const IDLE_LOOK_MS = 20;

/**
 * What this process knows about the epochs, and how long it may act on it.
 *
 *     read at t -> valid until t + VIEW -> ended (nothing may be promised) -> read again -> valid
 *
 * It is read every VIEW/3, and at once on news (EpochWatcher, a closed shard). The order is: take the monotonic time,
 * write this process's document, read the view. So a recovery that waits for the listed processes, for their silence,
 * or for VIEW, has waited for every process that could still act. (P1, P3)
 */
@Injectable()
export class EpochView {
  private readonly log = new EventLog(EpochView.name);
  private readonly permits: Permits;
  private epochs: ReadonlyMap<number, number> = new Map();
  private inForce = 0;
  private readAt = -Infinity;
  private acknowledged: Readonly<Record<string, number>> = {};
  private highestSeq = 0;
  private running: Promise<void> | undefined;
  private again = false;
  private isClosed = false;

  constructor(
    private readonly store: EpochStore,
    private readonly processes: ProcessStore,
    private readonly settings: QueueSettings,
    private readonly clock: Clock,
  ) {
    const validUntil = (shard: number, epoch: number) =>
      this.epochs.get(shard) === epoch ? this.readAt + this.settings.viewMs : -Infinity;
    const isValid = (shard: number, epoch: number) => clock.monotonic() < validUntil(shard, epoch);
    this.permits = new Permits({ validUntil, isValid }, (shard, epoch) => {
      // The last permit of an older epoch: a recovery is waiting for this acknowledgement.
      if (epoch !== this.epochs.get(shard)) void this.refresh().catch(() => undefined);
    });
  }

  /** The epoch of a shard as last read, valid or not; undefined before the first read. */
  epochOf(shard: number): number | undefined {
    return this.epochs.get(shard);
  }

  /** Whether this process may act on any shard now. `permit`, readiness and free slots depend on it. */
  isValid(): boolean {
    return this.clock.monotonic() < this.readAt + this.settings.viewMs;
  }

  /** The layout of Redis that was in force at the last read. */
  get layout(): number {
    return this.inForce;
  }

  /** The right to act on a shard from now on. @throws ShardUnavailable without a valid view */
  permit(shard: number): Permit {
    const epoch = this.epochs.get(shard);
    if (epoch === undefined || !this.isValid())
      throw new ShardUnavailable('This process cannot see the state of the queues right now. Try again.');
    return this.permits.grant(shard, epoch);
  }

  /** Remembers a seq, so that the next recovery opens the shard's clock above it. (P2) */
  sawSeq(seq: number): void {
    if (seq > this.highestSeq) this.highestSeq = seq;
  }

  /** Reads the view, after a read that is already running. @throws when it is closed, or the store away */
  async refresh(): Promise<void> {
    if (this.isClosed) throw new Error('this process has left the list');
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = this.readUntilQuiet();
    return this.running;
  }

  /** Resolves when no permit is in use, or when the signal aborts. */
  async whenIdle(signal: AbortSignal): Promise<void> {
    while (!this.permits.isEmpty() && !signal.aborted) await delay(IDLE_LOOK_MS);
  }

  /** Reports that no work is left in this process, so that no recovery waits for it. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.readAt = -Infinity;
    await this.running?.catch(() => undefined);
    this.readAt = -Infinity;
    if (this.permits.isEmpty()) await this.processes.leave();
    else this.log.write('process.busy', {});
  }

  private async readUntilQuiet(): Promise<void> {
    try {
      do {
        this.again = false;
        await this.read();
        // A read that took longer than a view lasts (frozen, or far from MongoDB) is worthless.
        if (this.acknowledgeNews() || !this.isValid()) this.again = true;
      } while (this.again && !this.isClosed);
    } finally {
      // In the same step as the last check of `again`, otherwise a call in between would wait without a read.
      this.running = undefined;
    }
  }

  private async read(): Promise<void> {
    const before = this.clock.monotonic();
    await this.processes.beat(this.acknowledged, this.highestSeq);
    const { epochs, layout } = await this.store.read().catch((error: unknown) => {
      if (error instanceof CannotServe) this.readAt = -Infinity;
      throw error;
    });
    this.inForce = layout;
    this.epochs = new Map(Object.entries(epochs).map(([shard, epoch]) => [Number(shard), epoch]));
    this.readAt = before;
  }

  /** Acknowledges an epoch once it was seen and no work of an older one is left. @returns whether there is news */
  private acknowledgeNews(): boolean {
    const entries = [...this.epochs].filter(
      ([shard, epoch]) => (this.acknowledged[shard] ?? -1) < epoch && !this.permits.hasOlder(shard, epoch),
    );
    this.acknowledged = { ...this.acknowledged, ...Object.fromEntries(entries) };
    return entries.length > 0;
  }
}
