// @ts-check
const { readFileSync } = require('node:fs');

/** The kernel counts in hundredths of a second. */
const TICK_US = 10_000;

/**
 * CPU time that a process has used, in microseconds (Linux).
 * @param {number} pid
 */
function cpuUs(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [, , , , , , , , , , , user, system] = stat.slice(stat.lastIndexOf(')')).split(' ');
  return (Number(user) + Number(system)) * TICK_US;
}

module.exports = { cpuUs };
