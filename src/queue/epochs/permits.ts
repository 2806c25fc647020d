import type { Permit } from './permit';

/** How long permits last. */
export interface Validity {
  /**
   * Monotonic time until which a process may act under the epoch; -Infinity when the shard has another epoch.
   */
  validUntil(shard: number, epoch: number): number;
  /** Whether that time is still to come. */
  isValid(shard: number, epoch: number): boolean;
}

/** Counts the permits in use, by shard and epoch. */
export class Permits {
  private readonly counts = new Map<number, Map<number, number>>();

  /** @param onEmpty called when the last permit of a shard's epoch was released */
  constructor(
    private readonly validity: Validity,
    private readonly onEmpty: (shard: number, epoch: number) => void,
  ) {}

  grant(shard: number, epoch: number): Permit {
    const epochs = this.counts.get(shard) ?? new Map<number, number>();
    this.counts.set(shard, epochs.set(epoch, (epochs.get(epoch) ?? 0) + 1));
    return new Granted(shard, epoch, this.validity, () => this.release(shard, epoch));
  }

  /** Whether work of an older epoch is left. */
  hasOlder(shard: number, epoch: number): boolean {
    return [...(this.counts.get(shard)?.keys() ?? [])].some((older) => older < epoch);
  }

  isEmpty(): boolean {
    return this.counts.size === 0;
  }

  private release(shard: number, epoch: number): void {
    const epochs = this.counts.get(shard);
    const left = (epochs?.get(epoch) ?? 0) - 1;
    if (left > 0) return void epochs?.set(epoch, left);
    epochs?.delete(epoch);
    if (epochs?.size === 0) this.counts.delete(shard);
    this.onEmpty(shard, epoch);
  }
}

class Granted implements Permit {
  private released = false;

  constructor(
    readonly shard: number,
    readonly epoch: number,
    private readonly validity: Validity,
    private readonly onReleased: () => void,
  ) {}

  get validUntil(): number {
    return this.validity.validUntil(this.shard, this.epoch);
  }

  isValid(): boolean {
    return this.validity.isValid(this.shard, this.epoch);
  }

  release(): void {
    if (this.released) return;
    this.released = true;
    this.onReleased();
  }
}
