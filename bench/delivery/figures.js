// @ts-check
/** The measurements, as figures. */
const { median } = require('../lib/figures');

/** @typedef {{ perSecond: number, cpuUs: number }} Cost */

/**
 * Calls a second between the first and the last.
 * @param {ReadonlyMap<string, number>} arrivals
 */
function rateOf(arrivals) {
  const times = [...arrivals.values()].sort((a, b) => a - b);
  return ((times.length - 1) / ((times.at(-1) ?? 0) - (times[0] ?? 0))) * 1000;
}

/**
 * Prints the medians of some rounds.
 * @param {string} name
 * @param {readonly Cost[]} rounds
 * @returns {number} calls a second
 */
function show(name, rounds) {
  const perSecond = median(rounds.map((each) => each.perSecond));
  const cpuUs = median(rounds.map((each) => each.cpuUs));
  console.log(
    `${name.padEnd(10)} ${perSecond.toFixed(0).padStart(6)} /s ${cpuUs.toFixed(0).padStart(6)} us CPU each`,
  );
  return perSecond;
}

module.exports = { rateOf, show };
