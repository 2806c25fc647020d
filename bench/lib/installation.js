// @ts-check
/** One API process and one worker with their own stores, and the usage of all four. */
const { Redis } = require('ioredis');
const { MongoClient } = require('mongodb');
const { register, startStores } = require('../../scripts/tools/service');
const { cpuUs, wakeUps } = require('../accept/proc');

/** @typedef {'api' | 'worker' | 'mongod' | 'redis'} Process */

/**
 * Usage since the start: CPU time in microseconds by process, and messages to the stores (for Redis, one read of a socket
 * is one message, however many commands it has).
 * @typedef {{ api: number, worker: number, mongod: number, redis: number, toRedis: number, toMongo: number }} Usage
 */

class Installation {
  /** @param {import('../../scripts/lib/run').Run} run @param {number} users accounts to make @param {Record<string, string>} [variables] of both processes */
  static async start(run, users, variables = {}) {
    const start = await startStores(run, variables);
    const [api, worker] = [await start('api'), await start('worker')];
    const tokens = [];
    for (let i = 0; i < users; i += 1) tokens.push(await register(api.url, i));
    const mongo = new MongoClient(start.variables.MONGODB_URI ?? '');
    const redis = new Redis(start.variables.REDIS_URL ?? '');
    return new Installation(
      { api: api.child.pid, worker: worker.child.pid, mongod: start.pids.mongo, redis: start.pids.redis },
      { url: api.url, tokens, mongo, redis },
    );
  }

  /**
   * @param {Record<Process, number>} pids
   * @param {{ url: string, tokens: readonly string[], mongo: MongoClient, redis: Redis }} parts
   */
  constructor(pids, { url, tokens, mongo, redis }) {
    this.pids = pids;
    this.url = url;
    this.tokens = tokens;
    this.mongo = mongo;
    this.redis = redis;
    this.requests = mongo.db().collection('requests');
  }

  /** @returns {Promise<Usage>} */
  async usage() {
    const stats = await this.redis.info('stats');
    const { network } = await this.mongo.db('admin').command({ serverStatus: 1 });
    return {
      api: cpuUs(this.pids.api),
      worker: cpuUs(this.pids.worker),
      mongod: cpuUs(this.pids.mongod),
      redis: cpuUs(this.pids.redis),
      toRedis: Number(/total_reads_processed:(\d+)/.exec(stats)?.[1]),
      toMongo: Number(network.numRequests),
    };
  }

  /** How often a process has woken. @param {Process} name */
  wakeUps(name) {
    return wakeUps(this.pids[name]);
  }

  /** What `work` uses. @param {() => Promise<void>} work @returns {Promise<Usage & { seconds: number }>} */
  async during(work) {
    const [before, begun] = [await this.usage(), performance.now()];
    await work();
    const [after, seconds] = [await this.usage(), (performance.now() - begun) / 1000];
    const used = Object.entries(after).map(([name, value]) => [
      name,
      value - before[/** @type {keyof Usage} */ (name)],
    ]);
    return { .../** @type {Usage} */ (Object.fromEntries(used)), seconds };
  }

  async close() {
    this.redis.disconnect();
    await this.mongo.close();
  }
}

module.exports = { Installation };
