// @ts-check
const Redis = require('ioredis');

/** In a variable, so that types can be checked where `bench` is not installed. */
const GROUPMQ = 'groupmq';

/**
 * GroupMQ: one queue with one group per user, set up as in its README.
 * @param {{ port: number, concurrency: number }} options
 * @returns {Promise<import('./workload').Engine>}
 */
async function openGroupmq({ port, concurrency }) {
  const { Queue, Worker } = require(GROUPMQ);
  const redis = new Redis.Redis(port, { maxRetriesPerRequest: null });
  const queue = new Queue({ redis, namespace: 'bench', keepCompleted: 0, jobTimeoutMs: 30_000 });
  /** @type {{ close: () => Promise<void>, run: () => Promise<void> } | undefined} */
  let worker;
  return {
    accept: (user, data) => queue.add({ groupId: user, data, maxAttempts: 3 }),
    process: (handle) => {
      /** @param {{ data: import('./workload').Data }} job */
      const handler = (job) => handle(job.data);
      worker = new Worker({ queue, concurrency, handler });
      void worker?.run();
    },
    close: async () => {
      await worker?.close();
      redis.disconnect();
    },
  };
}

module.exports = { openGroupmq };
