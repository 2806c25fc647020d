// @ts-check
const { readFileSync, readdirSync } = require('node:fs');

/**
 * Sums a value over all threads of a process; ended threads do not count.
 * @param {number} pid @param {string} file of the thread, in /proc @param {RegExp} figure
 */
const sumOfThreads = (pid, file, figure) =>
  readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => {
    const text = readFileSync(`/proc/${pid}/task/${thread}/${file}`, 'utf8');
    return sum + Number(figure.exec(text)?.[1]);
  }, 0);

/**
 * CPU time that a process has used, in microseconds (Linux). From the scheduler, to the nanosecond: the kernel's
 * count of ticks is wrong by half for a process that wakes only for a moment.
 * @param {number} pid
 */
const cpuUs = (pid) => sumOfThreads(pid, 'schedstat', /^(\d+)/) / 1000;

/**
 * How often a process has woken: each time one of its threads stopped waiting for something.
 * @param {number} pid
 */
const wakeUps = (pid) => sumOfThreads(pid, 'status', /\nvoluntary_ctxt_switches:\s*(\d+)/);

/** Memory that a process holds, resident, in MB (Linux). @param {number} pid */
const residentMb = (pid) =>
  Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

module.exports = { cpuUs, residentMb, wakeUps };
