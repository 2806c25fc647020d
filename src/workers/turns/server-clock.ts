import { Injectable } from '@nestjs/common';
import { CLOCK_TOLERANCE_MS } from '../../config/durations';
import { QueueSettings } from '../../config/settings';
import { TAKE_NOTHING_BACK, type ClaimReply, type Cutoff } from '../../queue/scripts/claim';

/** What is known about a server's clock: for which epoch, and how often it was set back during it. */
interface Known {
  readonly epoch: number;
  readonly steps: number;
  /** How far it is ahead of ours, ms: at least, and at most. A reply is written at some time during its call. */
  readonly least: number;
  readonly most: number;
}

/**
 * Guards a shard's leases against steps of its server's clock. (P1) A step forward would end all leases at once, so a
 * worker takes back only what has ended by the time it expects the server to show. A step forward and back again,
 * between two looks, would end the leases given meanwhile; so the shard counts the steps back, and a worker that knows
 * another number takes nothing back.
 *
 * After a start, or a recovery of the shard, it takes nothing back for as long as the longest lease that was given on
 * the shard, and after a step for as long as any lease may last: by then every lease has been extended under the new
 * time, or has really ended.
 */
export class ServerClock {
  private known: Known | undefined;
  private trustedFrom = Infinity;

  constructor(
    private readonly leaseMs: number,
    private readonly viewMs: number,
  ) {}

  /** What a claim passes to the script. */
  cutoff(epoch: number, monotonic: number): Cutoff {
    const { known } = this;
    if (known?.epoch !== epoch || monotonic < this.trustedFrom) return TAKE_NOTHING_BACK;
    return { until: Math.floor(known.least + monotonic + CLOCK_TOLERANCE_MS), steps: known.steps };
  }

  /**
   * @param reply of a claim under this epoch
   * @param sentAt, receivedAt monotonic times around the call
   */
  observe(
    { now, longestLeaseMs, steps }: Pick<ClaimReply, 'now' | 'longestLeaseMs' | 'steps'>,
    epoch: number,
    sentAt: number,
    receivedAt: number,
  ): void {
    const before = this.known;
    const isNew = before?.epoch !== epoch;
    const hasStepped =
      before !== undefined && (before.steps !== steps || now > before.most + receivedAt + CLOCK_TOLERANCE_MS);
    if (isNew || hasStepped)
      this.trustedFrom = receivedAt + Math.max(isNew ? this.leaseMs : this.viewMs, longestLeaseMs);
    this.known = { epoch, steps, least: now - receivedAt, most: now - sentAt };
  }
}

/**
 * The server clock of each shard as this process knows it, shared by all its claim loops: a loop that starts later
 * knows what the others have seen, including steps of the clock. (P1)
 */
@Injectable()
export class ServerClocks {
  /** By shard. */
  readonly all: readonly ServerClock[];

  constructor({ shards, leaseMs, viewMs }: QueueSettings) {
    this.all = Array.from({ length: shards }, () => new ServerClock(leaseMs, viewMs));
  }
}
