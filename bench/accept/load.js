// @ts-check
/**
 * The load, in a process of its own: connections that send one call after the other for a time. Each message `Load` is
 * answered by one `Outcome`.
 */
const { once } = require('node:events');
const { connect } = require('node:net');
const { answers } = require('../lib/answers');
const { quantile } = require('../lib/figures');

/**
 * `pause`: ms from one call of a connection to its next, if the answer has arrived by then; 0: one after the other.
 * @typedef {{ port: number, connections: number, seconds: number, tokens: readonly string[], body: string, pause?: number }} Load
 */
/** @typedef {{ calls: number, seconds: number, failed: number, p50: number, p99: number }} Outcome latencies in ms; `failed`: not 202 */

/** One connection. */
class Client {
  /** @param {Buffer} call @param {(ms: number, status: number) => void} done */
  constructor(call, done) {
    this.call = call;
    this.done = done;
    this.sentAt = 0;
  }

  /** @param {number} port */
  async open(port) {
    this.socket = connect(port, '127.0.0.1').setNoDelay();
    const told = answers((status) => this.done(performance.now() - this.sentAt, status));
    this.socket.on('data', told);
    await once(this.socket, 'connect');
  }

  send() {
    this.sentAt = performance.now();
    this.socket?.write(this.call);
  }
}

/** @param {Load} load @returns {Promise<Outcome>} */
async function run({ port, connections, seconds, tokens, body, pause = 0 }) {
  /** @type {number[]} */
  const latencies = [];
  let failed = 0;
  let isOver = false;
  let open = 0;
  /** @type {() => void} */
  let finish = () => undefined;
  const finished = new Promise((resolve) => (finish = () => resolve(undefined)));
  const clients = Array.from({ length: connections }, (_, i) => {
    const call = callOf(tokens[i % tokens.length] ?? '', body);
    /** @type {Client} */
    const client = new Client(call, (ms, status) => {
      latencies.push(ms);
      if (status !== 202) failed += 1;
      after(pause - ms, () => {
        if (!isOver) return client.send();
        open -= 1;
        if (open === 0) finish();
      });
    });
    return client;
  });
  await Promise.all(clients.map((client) => client.open(port)));
  const begun = performance.now();
  open = connections;
  for (const [i, client] of clients.entries()) after((pause * i) / connections, () => client.send());
  setTimeout(() => (isOver = true), seconds * 1000);
  await finished;
  const took = (performance.now() - begun) / 1000;
  for (const { socket } of clients) socket?.destroy();
  const [p50, p99] = [quantile(latencies, 0.5), quantile(latencies, 0.99)];
  return { calls: latencies.length, seconds: took, failed, p50, p99 };
}

/** @param {number} ms @param {() => void} act */
const after = (ms, act) => (ms > 0 ? void setTimeout(act, ms) : act());

/** @param {string} token @param {string} body */
const callOf = (token, body) =>
  Buffer.from(
    [
      'POST /enqueue HTTP/1.1',
      'Host: 127.0.0.1',
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      `Authorization: Bearer ${token}`,
      '',
      body,
    ].join('\r\n'),
  );

process.on('message', async (/** @type {Load} */ load) => process.send?.(await run(load)));
process.on('disconnect', () => process.exit());
