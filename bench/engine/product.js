// @ts-check
/**
 * Turnwise's own compiled classes without MongoDB: a view that always has epoch 1, and shards that were opened for it.
 */
const { join } = require('node:path');

const EPOCH = 1;

/**
 * @param {string} dist the folder of the build
 * @param {number} port of Redis
 * @param {number} shards
 */
async function openProduct(dist, port, shards) {
  /** @param {string} file */
  const load = (file) => require(join(dist, file));
  require(require.resolve('reflect-metadata', { paths: [dist] }));
  /** @type {typeof import('../../src/config/env')} */
  const { loadSettings } = load('config/env');
  /** @type {typeof import('../../src/common/time/clock')} */
  const { Clock } = load('common/time/clock');
  /** @type {typeof import('../../src/stores/redis/redis-connection')} */
  const { RedisConnection } = load('stores/redis/redis-connection');
  /** @type {typeof import('../../src/events/event-bus')} */
  const { EventBus } = load('events/event-bus');
  /** @type {typeof import('../../src/queue/bull-reader.service')} */
  const { BullReader } = load('queue/bull-reader.service');
  /** @type {typeof import('../../src/queue/scripts/script-runner')} */
  const { ScriptRunner } = load('queue/scripts/script-runner');
  /** @type {typeof import('../../src/queue/scripts/shard-scripts.service')} */
  const { ShardScripts } = load('queue/scripts/shard-scripts.service');
  /** @type {typeof import('../../src/queue/user-queues.service')} */
  const { UserQueues } = load('queue/user-queues.service');
  /** @type {typeof import('../../src/queue/epochs/epoch-view.service')} */
  const { EpochView } = load('queue/epochs/epoch-view.service');
  /** @type {typeof import('../../src/queue/worker-channel.service')} */
  const { WorkerChannel } = load('queue/worker-channel.service');
  /** @type {typeof import('../../src/workers/turns/claim-loop')} */
  const { ClaimLoop } = load('workers/turns/claim-loop');
  /** @type {typeof import('../../src/workers/turns/due-shards')} */
  const { DueShards } = load('workers/turns/due-shards');
  /** @type {typeof import('../../src/workers/turns/server-clock')} */
  const { ServerClocks } = load('workers/turns/server-clock');

  const settings = loadSettings({
    REDIS_URL: `redis://127.0.0.1:${port}`,
    MONGODB_URI: 'mongodb://127.0.0.1:1/none',
    QUEUE_SHARDS: String(shards),
    JWT_SECRET: 'not used: nobody logs in here to anything',
    // Measures an engine, not a recovery: nothing should time out, as far as that can be set.
    ...{ LEASE_MS: '240000', HOLD_MS: '240000', VIEW_MS: '300000' },
  });
  const redis = new RedisConnection(settings.stores);
  await redis.onModuleInit();
  const store = storeOf(shards);
  const runner = new ScriptRunner(redis, store);
  const view = new EpochView(store, NO_PROCESSES, settings.queue, new Clock());
  await view.refresh();
  for (let shard = 0; shard < shards; shard++) {
    await runner.run('begin_rebuild', shard, EPOCH, [50]);
    await runner.run('open_shard', shard, EPOCH, [0]);
  }
  const scripts = new ShardScripts(runner, new EventBus());
  const queues = new UserQueues(view, new BullReader(redis, settings.queue), scripts, settings.queue);
  const close = () => redis.onApplicationShutdown();
  const clock = new Clock();
  const lostReplies = { replyLost: () => undefined, lookAt: () => Infinity, runIfDue: async () => undefined };
  /** @param {import('../../src/workers/turns/claimant').Claimant} claimant */
  const claimLoop = (claimant) => {
    const due = new DueShards(new ServerClocks(settings.queue));
    const loop = new ClaimLoop(claimant, lostReplies, scripts, view, due, clock);
    return { loop, isAnyDue: () => due.isAnyDue(clock.monotonic()) };
  };
  return { close, settings, view, scripts, queues, claimLoop, channel: new WorkerChannel(redis) };
}

/** @param {number} shards */
const storeOf = (shards) => {
  const epochs = Object.fromEntries(Array.from({ length: shards }, (_, shard) => [shard, EPOCH]));
  const store = { installation: 'bench', read: async () => ({ epochs, layout: 1 }) };
  return /** @type {import('../../src/queue/epochs/epoch.store').EpochStore} */ (
    /** @type {unknown} */ (store)
  );
};

const NO_PROCESSES = /** @type {import('../../src/queue/epochs/process.store').ProcessStore} */ (
  /** @type {unknown} */ ({ beat: async () => undefined })
);

module.exports = { openProduct };
