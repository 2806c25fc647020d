/** Too many tasks wait already; this one was not taken. */
export class LaneFull extends Error {}

/** Runs at most `parallel` tasks at once, first come first served, and lets at most `waiting` of them wait. */
export class Lane {
  private running = 0;
  private readonly queue: (() => void)[] = [];

  constructor(private readonly bounds: { readonly parallel: number; readonly waiting: number }) {}

  /** @throws LaneFull at once, if it would have to wait and too many wait already */
  async run<T>(task: () => Promise<T>): Promise<T> {
    await this.enter();
    try {
      return await task();
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.running < this.bounds.parallel) {
      this.running += 1;
      return;
    }
    if (this.queue.length >= this.bounds.waiting) throw new LaneFull('too many tasks are waiting');
    await new Promise<void>((resolve) => this.queue.push(resolve));
  }

  /** Hands the place on, so that nobody who comes in between can take it. */
  private leave(): void {
    const next = this.queue.shift();
    if (next === undefined) this.running -= 1;
    else next();
  }
}
