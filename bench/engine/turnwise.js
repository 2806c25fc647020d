// @ts-check
const { randomUUID } = require('node:crypto');
const { openProduct } = require('./product');
const { Worker } = require('./worker');

/** Requests are accepted with these limits; they travel with each job. */
const OPTIONS = /** @type {const} */ ({
  attempts: 3,
  backoff: { type: 'exponential', delay: 1000, maxDelay: 60_000 },
  timeout: 30_000,
});

/**
 * Turnwise: holds and confirms a place as `enqueue/accept.service.ts` does, without the write of the document in between.
 * @param {{ dist: string, port: number, concurrency: number, shards: number }} options
 * @returns {Promise<import('./workload').Engine & { product: Awaited<ReturnType<typeof openProduct>> }>}
 */
async function openTurnwise({ dist, port, concurrency, shards }) {
  const product = await openProduct(dist, port, shards);
  const { queues, settings } = product;
  const worker = new Worker(product, concurrency);
  let unconfirmed = 0;
  let allConfirmed = () => {};

  /** @param {import('../../src/queue/epochs/permit').Permit} permit @param {import('../../src/queue/user-queues.service').HeldPlace} place */
  const confirm = async (permit, place) => {
    unconfirmed += 1;
    await queues.confirm(permit, place);
    permit.release();
    unconfirmed -= 1;
    if (unconfirmed === 0) allConfirmed();
  };

  return {
    product,
    accept: async (user, data) => {
      const permit = queues.permit(user);
      const requestId = randomUUID();
      const held = await queues.hold(permit, {
        userId: user,
        requestId,
        type: 'bench',
        lane: 'main',
        payload: JSON.stringify(data),
        options: OPTIONS,
        runAt: undefined,
        maxDepth: settings.queue.maxDepth,
      });
      if (held.outcome !== 'held') throw new Error(`${user}'s queue is full`);
      void confirm(permit, { userId: user, requestId, seq: held.seq, accepted: true });
    },
    accepted: async () => {
      if (unconfirmed > 0) await new Promise((resolve) => (allConfirmed = () => resolve(undefined)));
    },
    process: (handle) => void worker.serve((job) => handle(JSON.parse(job.payload))),
    close: async () => {
      await worker.stop();
      product.close();
    },
  };
}

module.exports = { openTurnwise };
