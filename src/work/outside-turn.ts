import type { Clock } from '../common/clock';
import type { Permit } from '../queue/permit';
import type { GivenJob } from '../queue/scripts/given-job';
import type { HeldTurn } from '../turns/held-turn';

/** What a lease lasts in Redis beyond what its holder outside is told, ms: their clock starts later than the server's. */
export const GRACE_MS = 1_000;

/** One user's turn that is run outside, as long as its lease lasts. */
export class OutsideTurn implements HeldTurn {
  private readonly receivedAt: number;

  /**
   * @param permit released when the turn has ended, and not before: a recovery waits for the lease (P1)
   * @param until monotonic time at which the lease ends
   * @param now the shard's time in the reply that told of it, ms
   */
  constructor(
    readonly job: GivenJob,
    readonly permit: Permit,
    readonly until: number,
    private readonly clock: Clock,
    private readonly now = job.givenAt,
  ) {
    this.receivedAt = clock.monotonic();
  }

  get mayAct(): boolean {
    return this.clock.monotonic() < this.until;
  }

  /** When the lease ends by this host's clock. */
  get leaseUntil(): Date {
    return new Date(this.clock.wall() + this.until - this.clock.monotonic());
  }

  shardTime(): number {
    return Math.floor(this.now + this.clock.monotonic() - this.receivedAt);
  }
}
