import type { Clock } from '../../common/time/clock';
import { EXTERNAL_GRACE_MS } from '../../config/durations';
import type { Permit } from '../../queue/epochs/permit';
import type { LeasedJob } from '../../queue/scripts/leased-job';
import type { HeldTurn } from '../turns/claimant';

/** One user's turn, which an external worker has as long as its lease lasts. */
export class ExternalTurn implements HeldTurn {
  private readonly receivedAt: number;
  private end: number;

  /**
   * @param permit released when the turn has ended, and not before: a recovery waits for the lease (P1)
   * @param sentAt monotonic time before the call that gave or extended the lease
   * @param leaseMs its length
   * @param now the shard's time in the reply to that call, ms
   */
  constructor(
    readonly job: LeasedJob,
    readonly permit: Permit,
    private readonly sentAt: number,
    leaseMs: number,
    private readonly clock: Clock,
    private readonly now = job.leasedAt,
  ) {
    this.receivedAt = clock.monotonic();
    this.end = Math.min(sentAt + leaseMs, permit.validUntil);
  }

  /** Monotonic time at which the lease ends. */
  get until(): number {
    return this.end;
  }

  /** Extends it to an end that its holder was promised before. (P1) @param end monotonic time */
  lastsUntil(end: number): void {
    this.end = Math.max(this.end, end);
  }

  /** So much of the lease has passed that its holder, who counts from our answer, might count beyond its end. (P1) */
  get isStale(): boolean {
    return this.clock.monotonic() - this.sentAt > EXTERNAL_GRACE_MS / 2;
  }

  get mayAct(): boolean {
    return this.clock.monotonic() < this.until;
  }

  /** How much longer the lease lasts, ms. */
  get leaseMs(): number {
    return Math.max(0, Math.floor(this.until - this.clock.monotonic()));
  }

  /** When the lease ends by this host's clock. */
  get leaseUntil(): Date {
    return new Date(this.clock.wall() + this.leaseMs);
  }

  shardTime(): number {
    return Math.floor(this.now + this.clock.monotonic() - this.receivedAt);
  }
}
