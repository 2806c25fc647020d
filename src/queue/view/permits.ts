import type { Permit } from '../permit';

/** Counts the permits that are out, by shard and epoch. */
export class Permits {
  private readonly counts = new Map<number, Map<number, number>>();

  /** @param onEmpty called when the last permit of a shard's epoch was released */
  constructor(private readonly onEmpty: (shard: number, epoch: number) => void) {}

  grant(shard: number, epoch: number, validUntil: () => number, isValid: () => boolean): Permit {
    const epochs = this.counts.get(shard) ?? new Map<number, number>();
    this.counts.set(shard, epochs.set(epoch, (epochs.get(epoch) ?? 0) + 1));
    let released = false;
    return {
      shard,
      epoch,
      get validUntil() {
        return validUntil();
      },
      isValid,
      release: () => {
        if (released) return;
        released = true;
        this.release(shard, epoch);
      },
    };
  }

  /** Whether anything begun under an older epoch is left. */
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
