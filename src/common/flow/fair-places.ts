import { TooManyTasks } from './bounded-tasks';

interface Owner {
  running: number;
  readonly waiting: (() => void)[];
}

/**
 * Runs the tasks of many owners: a limited number at once, and a limited number per owner. Owners take turns, so that
 * none waits behind all tasks of another. (P5)
 */
export class FairPlaces {
  private running = 0;
  /** Owners with running or waiting tasks. The owner that got a place last comes last. */
  private readonly owners = new Map<string, Owner>();

  constructor(
    private readonly bounds: {
      readonly parallel: number;
      readonly ofOne: number;
      readonly waitingOfOne: number;
    },
  ) {}

  /** @throws TooManyTasks at once, if the owner has too many waiting tasks */
  async run<T>(ownerId: string, task: () => Promise<T>): Promise<T> {
    const owner = this.owners.get(ownerId) ?? { running: 0, waiting: [] };
    if (owner.waiting.length >= this.bounds.waitingOfOne)
      throw new TooManyTasks('too many tasks are waiting');
    this.owners.set(ownerId, owner);
    await new Promise<void>((resolve) => {
      owner.waiting.push(resolve);
      this.give();
    });
    try {
      return await task();
    } finally {
      this.leave(ownerId, owner);
    }
  }

  private give(): void {
    for (const [id, owner] of this.owners) {
      if (this.running >= this.bounds.parallel) return;
      const next = owner.running < this.bounds.ofOne ? owner.waiting.shift() : undefined;
      if (next === undefined) continue;
      owner.running += 1;
      this.running += 1;
      this.owners.delete(id);
      this.owners.set(id, owner); // the loop reaches this owner again, after all others
      next();
    }
  }

  private leave(id: string, owner: Owner): void {
    owner.running -= 1;
    this.running -= 1;
    if (owner.running === 0 && owner.waiting.length === 0) this.owners.delete(id);
    this.give();
  }
}
