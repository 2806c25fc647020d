// @ts-check
/** Shared by the long and the short abuse test: the attackers, and the account that they use. */
const { fork } = require('node:child_process');
const { once } = require('node:events');
const { join } = require('node:path');

/** @typedef {import('./attack').Tally} Tally */

/** JSON that JavaScript would write otherwise, of the most values that a body may have. */
const LISTS = `[${'[ ],'.repeat(43_000)}[ ]]`;

/** @param {string} url @param {string} token @param {string} method @param {string} path @param {object} [body] */
const call = (url, token, method, path, body) =>
  fetch(url + path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

/**
 * A thousand requests of 4 kB that wait, of the account that attacks, and the delivery that takes longest to read.
 * @param {string} url @param {string} token @returns {Promise<import('./probes').Own>}
 */
async function fill(url, token) {
  const requests = Array.from({ length: 200 }, () => ({ type: 'echo', payload: 'x'.repeat(4000) }));
  for (let i = 0; i < 5; i += 1)
    await (await call(url, token, 'POST', '/enqueue/batch', { requests, delayMs: 86_400_000 })).text();
  const answer = await fetch(`${url}/enqueue`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: `{"type":"http","delayMs":86400000,"payload":{"url":"https://example.com/","body":${LISTS}}}`,
  });
  const { id } = /** @type {{ id: string }} */ (await answer.json());
  return { token, deliveryId: id };
}

/** The process of the attackers. */
class Siege {
  constructor() {
    this.attackers = fork(join(__dirname, 'attack.js'));
  }

  /**
   * Runs a probe's attack while something else runs.
   * @template T
   * @param {import('./probes').Probe} probe
   * @param {string} url
   * @param {import('./probes').Own} own of the account that attacks
   * @param {() => Promise<T>} meanwhile
   * @returns {Promise<{ seen: T, tally: Tally }>} the result of `meanwhile`, and the attackers' answers
   */
  async during({ connections, calls, reads = true }, url, own, meanwhile) {
    this.attackers.send({ port: Number(new URL(url).port), connections, calls: calls(own), reads });
    try {
      const seen = await meanwhile();
      return { seen, tally: await this.ask('stop') };
    } catch (error) {
      await this.ask('stop');
      throw error;
    }
  }

  /** The attackers' answers so far. @returns {Promise<Tally>} */
  tally() {
    return this.ask('tally');
  }

  close() {
    this.attackers.disconnect();
  }

  /** @param {'tally' | 'stop'} what @returns {Promise<Tally>} */
  async ask(what) {
    this.attackers.send(what);
    const [tally] = await once(this.attackers, 'message');
    return tally;
  }
}

module.exports = { Siege, call, fill };
