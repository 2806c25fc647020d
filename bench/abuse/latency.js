// @ts-check
/** How long another user's calls take, and whether that keeps the promise of docs/security.md. */
const { quantile } = require('../lib/figures');

/** Another user's calls must stay below this multiple of their p99 on an idle service, and below a second. */
const MOST_TIMES = 10;
const MOST_MS = 1000;

/** @typedef {{ p50: number, p99: number }} Latency ms */

/** @param {number[]} latencies @returns {Latency} */
function latencyOf(latencies) {
  return { p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) };
}

/** @param {Latency} during @param {Latency} idle @param {number} [mostMs] */
const holds = (during, idle, mostMs = MOST_MS) => during.p99 < MOST_TIMES * idle.p99 && during.p99 < mostMs;

const ms = (/** @type {Latency} */ { p50, p99 }) => `${p50.toFixed(0)} / ${p99.toFixed(0)}`;

const say = (/** @type {string[]} */ row) => console.log(`| ${row.join(' | ')} |`);

module.exports = { holds, latencyOf, ms, say };
