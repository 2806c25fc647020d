import type { Clock } from '../../common/time/clock';
import { actForMs, RECOVERY_MARGIN_MS } from '../../config/durations';
import type { Permit } from '../../queue/epochs/permit';
import type { LeasedJob } from '../../queue/scripts/leased-job';
import type { HeldTurn } from '../turns/claimant';

/** Why a handler was told to stop. */
export type StopReason = 'timed_out' | 'cancelled' | 'lease_ended' | 'shutdown';

/**
 * One user's turn in this process: their head, leased to this worker.
 *
 *     leased -> looked up -> running -> recorded -> settled     each step only while `mayAct`
 *        `----------- lease ended: drop it, record nothing -----------'
 *
 * The turn is held (renewed, and counted as work of its epoch) until its handler's promise has ended. (P1)
 */
export class Turn implements HeldTurn {
  private readonly receivedAt: number;
  private deadline: number;
  private lastViewEnd: number;
  private stopReason: StopReason | undefined;
  private readonly stopping = new AbortController();
  private leaseTimer: NodeJS.Timeout | undefined;
  private parsed: { readonly payload: unknown } | undefined;
  /** True while the handler's promise is open in this process. */
  isRunning = false;
  /** True while it has, or waits for, an isolated process. */
  isIsolated = false;
  /** True once its handler has ignored an abort for too long: it may never end. */
  isStuck = false;

  /**
   * @param sentAt monotonic time before the call that returned the job was sent: the lease is no older
   * @param inARow how many requests of the user this worker has run before this one without giving way
   */
  constructor(
    readonly job: LeasedJob,
    readonly permit: Permit,
    private sentAt: number,
    private readonly leaseMs: number,
    private readonly clock: Clock,
    readonly inARow: number,
  ) {
    this.receivedAt = clock.monotonic();
    this.lastViewEnd = permit.validUntil;
    this.deadline = Math.min(sentAt + actForMs({ leaseMs }), permit.validUntil);
    this.armLeaseTimer();
  }

  /**
   * Monotonic time from which another process may begin the user's next attempt: the lease has ended, or a recovery
   * need not wait any longer for the view under which it was renewed. (P1)
   */
  get goneBy(): number {
    return Math.min(this.sentAt + this.leaseMs, this.viewEndsAt + RECOVERY_MARGIN_MS);
  }

  /** When the last view of its epoch ends, or has ended: the permit forgets it as soon as another epoch was seen. */
  private get viewEndsAt(): number {
    this.lastViewEnd = Math.max(this.lastViewEnd, this.permit.validUntil);
    return this.lastViewEnd;
  }

  /** The payload, parsed once. @throws SyntaxError */
  payload(): unknown {
    this.parsed ??= { payload: JSON.parse(this.job.payload) as unknown };
    return this.parsed.payload;
  }

  get mayAct(): boolean {
    return this.clock.monotonic() < this.deadline;
  }

  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  get stoppedFor(): StopReason | undefined {
    return this.stopReason;
  }

  /**
   * The shard's time, ms: comparable between workers, whatever their own clocks say. Never later than the server's own
   * time, so that an attempt does not seem to overlap the next.
   */
  shardTime(): number {
    return Math.floor(this.job.leasedAt + this.clock.monotonic() - this.receivedAt);
  }

  /** @param sentAt monotonic time before the renewal was sent */
  renewed(sentAt: number): void {
    if (!this.mayAct) return; // too late: the handler was told to stop, and must not be resumed
    this.sentAt = sentAt;
    this.deadline = Math.max(
      this.deadline,
      Math.min(sentAt + actForMs({ leaseMs: this.leaseMs }), this.permit.validUntil),
    );
  }

  /** Tells the handler to stop; the first reason counts. */
  stop(reason: StopReason): void {
    this.stopReason ??= reason;
    this.stopping.abort(new Error(MESSAGES[reason]));
  }

  /** Another worker has the lease: nothing more may be done under it. */
  lost(): void {
    this.deadline = -Infinity;
    this.stop('lease_ended');
  }

  /** Ends the turn in this process. Safe to call twice. */
  end(): void {
    clearTimeout(this.leaseTimer);
    this.permit.release();
  }

  private armLeaseTimer(): void {
    this.leaseTimer = setTimeout(
      () => (this.mayAct ? this.armLeaseTimer() : this.stop('lease_ended')),
      Math.max(1, this.deadline - this.clock.monotonic()),
    );
  }
}

const MESSAGES: Record<StopReason, string> = {
  timed_out: 'The attempt has reached its time limit.',
  cancelled: 'The request was cancelled.',
  lease_ended: 'The lease of this turn has ended.',
  shutdown: 'This worker is shutting down.',
};
