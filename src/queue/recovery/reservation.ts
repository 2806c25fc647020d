import { Clock } from '../../common/time/clock';
import { EpochStore } from '../epochs/epoch.store';

/**
 * The reservation of a raised shard for one recovery. It lasts while the recovery makes progress: each step extends it
 * first. A recovery that is stuck loses the shard, and another process raises it again. (P5)
 */
export class Reservation {
  /**
   * @param forMs how long a step may take
   * @param extendedAt the monotonic time, ms, at which the shard was raised, or one before
   */
  constructor(
    private readonly store: EpochStore,
    private readonly clock: Clock,
    private readonly recovery: string,
    readonly shard: number,
    private readonly forMs: number,
    private extendedAt: number,
  ) {}

  /** Before a step: extends the reservation, unless that was done not long ago. @throws as `extend` does */
  async extendIfDue(): Promise<void> {
    if (this.clock.monotonic() - this.extendedAt >= this.forMs / 3) await this.extend();
  }

  /** @throws when the shard is another recovery's, or MongoDB away */
  async extend(): Promise<void> {
    const from = this.clock.monotonic();
    if (!(await this.store.extend(this.recovery, this.shard, this.forMs)))
      throw new Error('another process rebuilds it');
    this.extendedAt = from;
  }

  /** Ends it: any process that finds the shard closed may raise it at once. */
  async release(): Promise<void> {
    await this.store.release(this.recovery, this.shard).catch(() => undefined);
  }
}
