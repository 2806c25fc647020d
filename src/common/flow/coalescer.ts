export interface CoalescerOptions<I, O> {
  /** Most items of one batch. */
  readonly maxBatch: number;
  /** Most batches running at once. An item that finds all of them busy joins the next batch. */
  readonly maxInFlight: number;
  /**
   * Runs a batch. Resolves to one result per item, in the same order; an `Error` rejects only that item. A rejection
   * rejects every item of the batch.
   */
  run(items: readonly I[]): Promise<readonly (O | Error)[]>;
}

/**
 * Group commit: turns many calls into few. If a batch may start, an item goes out with all others of the same turn of
 * the event loop; otherwise it waits for the next batch. It never waits for time to pass.
 *
 * `idle -push-> gathering -next turn-> running -batch ends-> idle, or gathering if items have arrived meanwhile`
 */
export class Coalescer<I, O> {
  private waiting: Waiting<I, O>[] = [];
  private inFlight = 0;
  private gathering = false;

  constructor(private readonly options: CoalescerOptions<I, O>) {}

  /** Resolves to the result of this item. Rejects with its own error, or with that of the whole batch. */
  push(item: I): Promise<O> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.gather();
    });
  }

  private gather(): void {
    if (this.gathering || this.waiting.length === 0 || this.inFlight >= this.options.maxInFlight) return;
    this.gathering = true;
    setImmediate(() => {
      this.gathering = false;
      void this.flush();
      this.gather();
    });
  }

  private async flush(): Promise<void> {
    const batch = this.waiting.splice(0, this.options.maxBatch);
    this.inFlight += 1;
    try {
      const results = await this.options.run(batch.map(({ item }) => item));
      batch.forEach(({ resolve, reject }, i) => {
        const result = results[i];
        if (result instanceof Error) reject(result);
        else resolve(result as O);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.inFlight -= 1;
      this.gather();
    }
  }
}

interface Waiting<I, O> {
  readonly item: I;
  readonly resolve: (result: O) => void;
  readonly reject: (error: unknown) => void;
}
