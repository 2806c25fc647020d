// @ts-check
const { setTimeout: sleep } = require('node:timers/promises');
const { isAlive, pidOf } = require('./identity');

const POLL_MS = 20;

/**
 * Ends a process that leads a group of its own, and its group: asks it, waits for its grace, then kills.
 * It is safe for a process that has ended: no other process is ever touched.
 * @param {{ identity: string, graceMs: number }} recorded
 */
async function endProcess({ identity, graceMs }) {
  if (!isAlive(identity)) return;
  signalGroup(identity, 'SIGTERM');
  const deadline = performance.now() + graceMs;
  while (isAlive(identity) && performance.now() < deadline) await sleep(POLL_MS);
  signalGroup(identity, 'SIGKILL'); // also for those of its group who outlived their leader
  while (isAlive(identity)) await sleep(POLL_MS);
}

/**
 * @param {string} identity
 * @param {NodeJS.Signals} signal
 */
function signalGroup(identity, signal) {
  try {
    process.kill(-pidOf(identity), signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

module.exports = { endProcess, signalGroup };
