// @ts-check
/**
 * The attackers, in a process of their own: connections that send one call after the other until they are told to
 * stop, or send it once and never read. Each message `Attack` starts one; `stop` ends it; both `stop` and `tally` return a
 * `Tally`.
 */
const { connect } = require('node:net');
const { answers } = require('../lib/answers');

/**
 * @typedef {{ port: number, connections: number, calls: readonly string[], reads: boolean }} Attack each connection sends the
 *   call of its own, in latin1, or those of others if there are fewer
 * @typedef {{ answers: Record<string, number>, closed: number }} Tally answers by status; connections that the server closed
 */

/** Sends again as soon as it is answered, on a new connection if it was cut. */
class Attacker {
  /** @param {Attack} attack @param {number} i @param {Tally} tally */
  constructor({ port, calls, reads }, i, tally) {
    this.port = port;
    this.call = Buffer.from(calls[i % calls.length] ?? '', 'latin1');
    this.reads = reads;
    this.tally = tally;
    this.hasStopped = false;
    this.open();
  }

  open() {
    this.socket = connect(this.port, '127.0.0.1').setNoDelay();
    this.socket.on('error', () => undefined);
    this.socket.on('close', () => this.closed());
    const told = answers((status, head) => this.answered(status, head));
    if (this.reads) this.socket.on('data', told);
    else this.socket.pause();
    this.socket.write(this.call);
  }

  closed() {
    if (this.hasStopped) return;
    this.tally.closed += 1;
    if (this.reads) this.open();
  }

  /** @param {number} status @param {string} head */
  answered(status, head) {
    this.tally.answers[status] = (this.tally.answers[status] ?? 0) + 1;
    if (!this.hasStopped && !/\r\nconnection: close/i.test(head)) this.socket?.write(this.call);
  }

  stop() {
    this.hasStopped = true;
    this.socket?.destroy();
  }
}

/** @type {Attacker[]} */
let attackers = [];
/** @type {Tally} */
let tally = { answers: {}, closed: 0 };

process.on('message', (/** @type {Attack | 'stop' | 'tally'} */ message) => {
  if (message === 'stop') for (const attacker of attackers.splice(0)) attacker.stop();
  if (typeof message === 'string') {
    process.send?.(tally);
    return;
  }
  tally = { answers: {}, closed: 0 };
  attackers = Array.from({ length: message.connections }, (_, i) => new Attacker(message, i, tally));
});

process.on('disconnect', () => process.exit());
