import { Clock } from '../../common/time/clock';

/**
 * The reservations of other recoveries, as this process sees them. A reservation that stays unchanged for as long as it
 * lasts, by this process's own monotonic clock, is over: its recovery is dead or stuck, whatever MongoDB's clock shows.
 * (P5)
 */
export class ReservationWatch {
  private seen = new Map<number, { readonly until: Date; readonly at: number }>();

  /** @param forMs how long a reservation lasts unless it is extended */
  constructor(
    private readonly clock: Clock,
    private readonly forMs: number,
  ) {}

  /** @param reserved every current reservation: until when, by shard */
  look(reserved: ReadonlyMap<number, Date>): void {
    const before = this.seen;
    this.seen = new Map();
    for (const [shard, until] of reserved) {
      const known = before.get(shard);
      const isUnchanged = known?.until.getTime() === until.getTime();
      this.seen.set(shard, isUnchanged ? known : { until, at: this.clock.monotonic() });
    }
  }

  /** Expired reservations, with their values. */
  get over(): ReadonlyMap<number, Date> {
    const now = this.clock.monotonic();
    return new Map(
      [...this.seen].flatMap(([shard, { until, at }]) => (now - at >= this.forMs ? [[shard, until]] : [])),
    );
  }
}
