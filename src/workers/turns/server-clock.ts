import { leaseMarginMs } from '../../config/durations';

/**
 * Guards a shard's leases against a step forward of its server's clock, which would end all of them at once: a worker
 * takes back only what has ended by the time it expects the server to show. After a start it takes back nothing for as long
 * as the longest lease lasts that was given on the shard, and after a jump for as long as any may last: by then every one
 * has been extended under the new time, or has really ended. (P1)
 */
export class ServerClock {
  /** How far the server's clock is ahead of ours, ms: at least, and at most. A reply was written at some time of its call. */
  private offset: { readonly least: number; readonly most: number } | undefined;
  private trustedFrom = Infinity;
  /** The server may run ahead of what is expected by as much as a worker is gone before its lease ends: not for a jump. */
  private readonly toleranceMs: number;

  constructor(
    private readonly leaseMs: number,
    private readonly viewMs: number,
  ) {
    this.toleranceMs = leaseMarginMs({ leaseMs });
  }

  /** What a claim carries: leases that ended later than this are left alone, ms; 0 for all. */
  cutoff(monotonic: number): number {
    if (this.offset === undefined || monotonic < this.trustedFrom) return 0;
    return Math.floor(this.offset.least + monotonic + this.toleranceMs);
  }

  /**
   * @param now the server's time in a reply, ms
   * @param longestLeaseMs the longest lease that was given on the shard since it was opened
   * @param sentAt, receivedAt monotonic times around the call
   */
  observe(
    { now, longestLeaseMs }: { readonly now: number; readonly longestLeaseMs: number },
    sentAt: number,
    receivedAt: number,
  ): void {
    const isFirst = this.offset === undefined;
    if (this.offset === undefined || now > this.offset.most + receivedAt + this.toleranceMs)
      this.trustedFrom = receivedAt + Math.max(isFirst ? this.leaseMs : this.viewMs, longestLeaseMs);
    this.offset = { least: now - receivedAt, most: now - sentAt };
  }
}
