import { TooManyTasks } from './bounded-tasks';

interface Owner {
  running: number;
  readonly waiting: (() => void)[];
}

/**
 * Runs the tasks of many owners: so many at once, and so many of one. The places go round the owners, so that nobody waits
 * behind everything that another has asked for. (P5)
 */
export class FairPlaces {
  private running = 0;
  /** Those who run or wait; who was given a place last stands last. */
  private readonly owners = new Map<string, Owner>();

  constructor(
    private readonly bounds: {
      readonly parallel: number;
      readonly ofOne: number;
      readonly waitingOfOne: number;
    },
  ) {}

  /** @throws TooManyTasks at once, if so many of the owner's wait already that no further one may */
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
      this.owners.set(id, owner); // the loop comes to them again, behind all others
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
