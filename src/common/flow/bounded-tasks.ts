/** Too many tasks wait already; this one was not taken. */
export class TooManyTasks extends Error {}

/** The class of a waiting task: known callers go before new ones. */
export type TaskClass = 'known' | 'new';

/**
 * Runs at most `parallel` tasks at once, those of a class first come first served, and lets at most `waiting` of each
 * class wait.
 */
export class BoundedTasks {
  private running = 0;
  private readonly queues: Record<TaskClass, (() => void)[]> = { known: [], new: [] };

  constructor(private readonly bounds: { readonly parallel: number; readonly waiting: number }) {}

  /** @throws TooManyTasks at once, if it would have to wait and too many wait already */
  async run<T>(of: TaskClass, task: () => Promise<T>): Promise<T> {
    await this.enter(this.queues[of]);
    try {
      return await task();
    } finally {
      this.leave();
    }
  }

  private async enter(queue: (() => void)[]): Promise<void> {
    if (this.running < this.bounds.parallel) {
      this.running += 1;
      return;
    }
    if (queue.length >= this.bounds.waiting) throw new TooManyTasks('too many tasks are waiting');
    await new Promise<void>((resolve) => queue.push(resolve));
  }

  /** Hands the place on directly, so that a task that comes in between cannot take it. */
  private leave(): void {
    const next = this.queues.known.shift() ?? this.queues.new.shift();
    if (next === undefined) this.running -= 1;
    else next();
  }
}
