// @ts-check
/**
 * The workload of every engine: `users` who each send `jobs` requests of about 170 bytes, one after the other, all users
 * at once; then handlers that only check that each user's requests come once and in order.
 */

/**
 * @typedef {{ user: string, index: number, filler: string }} Data
 * @typedef {{
 *   accept: (user: string, data: Data) => Promise<unknown>,
 *   accepted?: () => Promise<unknown>,
 *   process: (handle: (data: Data) => Promise<void>) => unknown,
 *   close: () => Promise<unknown>,
 * }} Engine `accept`: resolves when the request is in line. `accepted`: when background work is done too.
 *   `process`: starts to run requests. `close`: called once they have all run
 */

const FILLER = 'x'.repeat(125);

/** @param {string} user @param {number} index of the request, from 0 @returns {Data} */
const dataOf = (user, index) => ({ user, index, filler: FILLER });

class Workload {
  /**
   * @param {number} users
   * @param {number} jobs a user
   */
  constructor(users, jobs) {
    this.users = Array.from({ length: users }, (_, i) => `user-${i}`);
    this.jobs = jobs;
    this.total = users * jobs;
  }

  /** @param {Engine} engine */
  async acceptAll(engine) {
    await Promise.all(
      this.users.map(async (user) => {
        for (let index = 0; index < this.jobs; index++) await engine.accept(user, dataOf(user, index));
      }),
    );
    await engine.accepted?.();
  }

  /**
   * @param {Engine} engine
   * @returns {Promise<void>} when every request has run; rejects when one came out of order or twice
   */
  processAll(engine) {
    /** @type {Map<string, number>} */
    const next = new Map();
    let left = this.total;
    return new Promise((resolve, reject) => {
      engine.process(async ({ user, index }) => {
        const expected = next.get(user) ?? 0;
        if (index !== expected) reject(new Error(`${user}: ${index} came instead of ${expected}`));
        next.set(user, expected + 1);
        left -= 1;
        if (left === 0) resolve();
      });
    });
  }
}

module.exports = { Workload, dataOf };
