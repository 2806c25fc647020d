// @ts-check
/** `src/workers/in-process` without what needs MongoDB: the product's claim loop, and turns that run, settle and continue. */

/** As in src/workers/in-process/processor.service.ts. */
const QUANTUM = 5;

/** @typedef {import('../../src/queue/scripts/leased-job').LeasedJob} LeasedJob */

class Worker {
  serving = { name: 'bench', lanes: 'main' };
  tokens = new Set();
  /** @type {(job: LeasedJob) => Promise<void>} */
  #run = async () => undefined;
  #freed = () => {};

  /**
   * @param {Awaited<ReturnType<typeof import('./product').openProduct>>} product
   * @param {number} concurrency jobs at once
   */
  constructor(product, concurrency) {
    this.product = product;
    this.concurrency = concurrency;
    this.free = concurrency;
    this.leaseMs = product.settings.queue.leaseMs;
    this.claims = product.claimLoop(this);
    product.channel.listen(this.serving.name, {
      wake: (shard) => this.claims.loop.wake(Number(/\d+/.exec(String(shard))?.[0])), // an older build passes its tag
      abort: () => undefined,
    });
  }

  /**
   * Serves the shards until it is stopped.
   * @param {(job: LeasedJob) => Promise<void>} run
   */
  serve(run) {
    this.#run = run;
    this.claims.loop.start();
  }

  /** Resolves when no call is running. Call it only when nothing is left to run. */
  async stop() {
    await this.claims.loop.stop();
    while (this.free < this.concurrency) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  /** @param {() => void} listener */
  onFreed(listener) {
    this.#freed = listener;
    return () => (this.#freed = () => {});
  }

  /** @param {LeasedJob} first */
  take(first) {
    this.free -= 1;
    void this.#turns(first);
  }

  /** @param {LeasedJob} first */
  async #turns(first) {
    const { scripts, view } = this.product;
    /** @type {LeasedJob | undefined} */
    let job = first;
    for (let inARow = 1; job; inARow++) {
      const { shard, userId, requestId, token } = job;
      const permit = view.permit(shard);
      await this.#run(job);
      const want = inARow < QUANTUM ? 'next' : this.claims.isAnyDue() ? 'nothing' : 'next_if_alone';
      const settled = await scripts.settle(shard, permit.epoch, this.serving, this.leaseMs, {
        ...{ userId, requestId, token, op: 'done', attemptsMade: 0, notBefore: 0, want },
      });
      permit.release();
      if (settled.outcome === 'lost') throw new Error(`the lease of ${userId} was lost`);
      job = settled.next;
    }
    this.free += 1;
    this.#freed();
  }
}

module.exports = { Worker };
