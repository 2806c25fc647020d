// @ts-check
/** `src/workers` without what needs MongoDB: claims in rotation, runs, settles, goes on with the user's next. */

/** As in src/workers/processor.service.ts. */
const QUANTUM = 5;
const WORKER = { name: 'bench', lanes: 'main' };

/** @typedef {import('../../src/queue/scripts/given-job').GivenJob} GivenJob */

class Worker {
  /** Shards to be asked; one that has nothing to give sleeps until it wakes us. */
  #awake = new Set();
  #news = () => {};
  #stopped = false;
  /** @type {Promise<void> | undefined} */
  #serving;

  /**
   * @param {Awaited<ReturnType<typeof import('./product').openProduct>>} product
   * @param {number} concurrency jobs at once
   */
  constructor(product, concurrency) {
    this.product = product;
    this.concurrency = concurrency;
    this.free = concurrency;
    for (let shard = 0; shard < product.settings.queue.shards; shard++) this.#awake.add(shard);
    product.channel.listen(WORKER.name, {
      wake: (tag) => {
        this.#awake.add(Number(/\d+/.exec(tag)?.[0]));
        this.#news();
      },
      abort: () => undefined,
    });
  }

  /**
   * Serves the shards until it is stopped.
   * @param {(job: GivenJob) => Promise<void>} run
   */
  serve(run) {
    this.#serving = this.#serve(run);
  }

  /** Resolves when no call is under way. Only when nothing is left to run. */
  async stop() {
    this.#stopped = true;
    this.#news();
    await this.#serving;
    while (this.free < this.concurrency) await this.#nextNews();
  }

  /** Resolves when a turn has ended, or a shard has something to give. */
  async #nextNews() {
    await new Promise((resolve) => (this.#news = () => resolve(undefined)));
  }

  /** @param {(job: GivenJob) => Promise<void>} run */
  async #serve(run) {
    while (!this.#stopped) {
      const news = this.#nextNews();
      const shards = [...this.#awake];
      for (const [i, shard] of shards.entries()) {
        const n = this.product.claimShare(this.free, shards.length - i);
        if (n > 0) await this.#claim(shard, n, run);
      }
      if (!this.#stopped && (this.free === 0 || this.#awake.size === 0)) await news;
    }
  }

  /**
   * @param {number} shard
   * @param {number} n
   * @param {(job: GivenJob) => Promise<void>} run
   */
  async #claim(shard, n, run) {
    const { scripts, settings, view } = this.product;
    const permit = view.permit(shard);
    this.#awake.delete(shard); // before the call, so that what wakes us meanwhile counts
    const { jobs } = await scripts.claim(shard, permit.epoch, WORKER, n, settings.queue, 0);
    permit.release();
    if (jobs.length > 0) this.#awake.add(shard);
    this.free -= jobs.length;
    for (const job of jobs) void this.#turn(job, run);
  }

  /**
   * @param {GivenJob} first
   * @param {(job: GivenJob) => Promise<void>} run
   */
  async #turn(first, run) {
    const { scripts, settings, view } = this.product;
    /** @type {GivenJob | undefined} */
    let job = first;
    for (let inARow = 1; job; inARow++) {
      const { shard, userId, requestId, token } = job;
      const permit = view.permit(shard);
      await run(job);
      const settled = await scripts.settle(shard, permit.epoch, WORKER, settings.queue.leaseMs, {
        ...{ userId, requestId, token, op: 'done', attemptsMade: 0, notBefore: 0 },
        want: inARow < QUANTUM ? 'next' : 'next_if_alone',
      });
      permit.release();
      if (settled.outcome === 'lost') throw new Error(`the lease of ${userId} was lost`);
      job = settled.next;
    }
    this.free += 1;
    this.#news();
  }
}

module.exports = { Worker };
