/** Too many tasks wait already, so this one was refused. */
export class TooManyTasks extends Error {}

/** The class of a waiting task: known callers go before new ones. */
export type TaskClass = 'known' | 'new';

/**
 * Runs at most `parallel` tasks at once, first come first served within a class. At most `waiting` tasks of each class
 * wait.
 */
export class BoundedTasks {
  private running = 0;
  private readonly queues: Record<TaskClass, (() => void)[]> = { known: [], new: [] };

  constructor(private readonly bounds: { readonly parallel: number; readonly waiting: number }) {}

  /** @throws TooManyTasks at once, if the task would have to wait and too many wait already */
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

  /** Hands the place on directly, so that a task that arrives in between cannot take it. */
  private leave(): void {
    const next = this.queues.known.shift() ?? this.queues.new.shift();
    if (next === undefined) this.running -= 1;
    else next();
  }
}
