// @ts-check
const Bull = require('bull');
const Redis = require('ioredis');

/**
 * Bull as it is mostly used for this: one queue per user, each with a processor of concurrency 1. The queues share the
 * connections that Bull lets them share; each processor has its own third, blocking connection.
 * @param {{ port: number, users: readonly string[] }} options
 * @returns {Promise<import('./workload').Engine>}
 */
async function openBull({ port, users }) {
  const options = { maxRetriesPerRequest: null, enableReadyCheck: false };
  const connect = () => new Redis.Redis(port, options).setMaxListeners(0);
  const shared = { client: connect(), subscriber: connect() };
  /** @param {'client' | 'subscriber' | 'bclient'} type */
  const createClient = (type) => (type === 'bclient' ? connect() : shared[type]);
  const queues = new Map(users.map((user) => [user, new Bull(user, { createClient })]));
  return {
    accept: async (user, data) => queues.get(user)?.add(data, { removeOnComplete: true, attempts: 3 }),
    process: (handle) => {
      for (const queue of queues.values()) void queue.process(1, (job) => handle(job.data));
    },
    close: async () => {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      for (const client of Object.values(shared)) client.disconnect();
    },
  };
}

module.exports = { openBull };
