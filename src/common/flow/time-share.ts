/**
 * How much of the event loop each owner has taken in the current window, in memory. The counts are dropped with the
 * window.
 */
export class TimeShare {
  private readonly spentMs = new Map<string, number>();
  private windowEnds = 0;

  /** @param now a clock that never goes back, ms */
  constructor(
    private readonly shareMs: number,
    private readonly windowMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** How long the owner must wait, ms; 0 if it may take time now. */
  waitMs(owner: string): number {
    const now = this.now();
    if (now >= this.windowEnds) return 0;
    return (this.spentMs.get(owner) ?? 0) >= this.shareMs ? this.windowEnds - now : 0;
  }

  /** Runs something synchronous and counts its time, also if it throws. */
  spend<T>(owner: string, act: () => T): T {
    const since = this.now();
    try {
      return act();
    } finally {
      this.add(owner, since);
    }
  }

  private add(owner: string, since: number): void {
    const now = this.now();
    if (now >= this.windowEnds) {
      this.spentMs.clear();
      this.windowEnds = now + this.windowMs;
    }
    this.spentMs.set(owner, (this.spentMs.get(owner) ?? 0) + now - since);
  }
}
