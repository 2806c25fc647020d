// @ts-check
/**
 * A process id alone is not unique: the system reuses it after its process has ended. With the start time of the process
 * (and of the machine) it identifies one process permanently.
 */
const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');

/**
 * Identifies a live process permanently; a zombie counts as ended.
 * @param {number} pid
 * @returns {string | undefined} undefined if there is no such process
 */
function identityOf(pid) {
  const started = process.platform === 'linux' ? startOnLinux(pid) : startByPs(pid);
  return started === undefined ? undefined : `${pid} ${started}`;
}

/** @param {number} pid */
function startOnLinux(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // "pid (name) state ... start ...": the name may hold blanks and brackets, so read from its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return `${fields[19]} ${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`;
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function startByPs(pid) {
  try {
    const [state = 'Z', ...start] = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .trim()
      .split(/\s+/);
    return state.startsWith('Z') ? undefined : start.join(' ');
  } catch {
    return undefined;
  }
}

/** @param {string} identity */
const pidOf = (identity) => Number.parseInt(identity, 10);

/**
 * Whether the process of this name still runs.
 * @param {string} identity
 */
const isAlive = (identity) => identityOf(pidOf(identity)) === identity;

module.exports = { identityOf, isAlive, pidOf };
