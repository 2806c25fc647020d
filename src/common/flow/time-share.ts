/**
 * How much of the event loop each of many has taken in the window of time that runs, in memory: all is forgotten with the
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

  /** How long it takes until they may take time again, ms; 0 if they may now. */
  waitMs(owner: string): number {
    const now = this.now();
    if (now >= this.windowEnds) return 0;
    return (this.spentMs.get(owner) ?? 0) >= this.shareMs ? this.windowEnds - now : 0;
  }

  /** Does something that does not wait for anything, and counts how long it takes, whatever comes of it. */
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
