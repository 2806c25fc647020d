// @ts-check
/** Measures a piece of work: how long it took, and the CPU time of this process and of the Redis server. */
const Redis = require('ioredis');

/** @typedef {{ perSecond: number, clientUs: number, redisUs: number }} Figures of one job */

class Meter {
  /** @param {number} port */
  constructor(port) {
    this.redis = new Redis.Redis(port);
  }

  /**
   * @param {number} jobs that the work consists of
   * @param {() => Promise<unknown>} work
   * @returns {Promise<Figures>}
   */
  async measure(jobs, work) {
    const redisBefore = await this.#redisUs();
    const cpuBefore = process.cpuUsage();
    const before = process.hrtime.bigint();
    await work();
    const seconds = Number(process.hrtime.bigint() - before) / 1e9;
    const { user, system } = process.cpuUsage(cpuBefore);
    const redisUs = (await this.#redisUs()) - redisBefore;
    return { perSecond: jobs / seconds, clientUs: (user + system) / jobs, redisUs: redisUs / jobs };
  }

  /** Bytes that the server's data take. */
  async memory() {
    return this.#field(await this.redis.info('memory'), 'used_memory');
  }

  close() {
    this.redis.disconnect();
  }

  async #redisUs() {
    const info = await this.redis.info('cpu');
    return 1e6 * (this.#field(info, 'used_cpu_user') + this.#field(info, 'used_cpu_sys'));
  }

  /**
   * @param {string} info
   * @param {string} name
   */
  #field(info, name) {
    return Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1]);
  }
}

module.exports = { Meter };
