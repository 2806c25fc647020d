// @ts-check
const { spawn } = require('node:child_process');
const { closeSync, openSync } = require('node:fs');
const { endProcess } = require('./end-process');
const { identityOf } = require('./identity');
const { BASE } = require('./paths');

/**
 * @typedef {{ code: number | null, signal: NodeJS.Signals | null }} Ending
 * @typedef {{
 *   output?: 'inherit' | 'collect' | { file: string } | { to: NodeJS.WritableStream },
 *   graceMs?: number,
 *   outlives?: boolean,
 *   env?: NodeJS.ProcessEnv,
 *   cwd?: string,
 * }} SpawnOptions `output`: to the terminal (default), to memory, appended to a file, or
 *   (stdout alone) into a stream; `graceMs`: how long it may
 *   take to end when asked, default 5 s; `outlives`: it is ended after those without this mark
 */

const DEFAULT_GRACE_MS = 5000;
const MAX_COLLECTED = 4_000_000;

/** A program that a launcher has started. */
class Child {
  #output = '';

  /**
   * Starts a program in a process group of its own, so that a Ctrl-C in the terminal reaches the launcher alone,
   * which then ends its children in order.
   * @param {string} name
   * @param {string} command
   * @param {readonly string[]} args
   * @param {SpawnOptions} options
   */
  constructor(name, command, args, options) {
    const { output = 'inherit', graceMs = DEFAULT_GRACE_MS, env = process.env, cwd = BASE } = options;
    this.name = name;
    this.graceMs = graceMs;
    const to = typeof output === 'object' && 'to' in output ? output.to : undefined;
    const file =
      typeof output === 'object' && 'file' in output ? openSync(output.file, 'a', 0o600) : undefined;
    const err = file ?? (output === 'collect' ? 'pipe' : 'inherit');
    const out = to ? 'pipe' : err;
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', out, err] });
    if (file !== undefined) closeSync(file);
    /** 0 if the program could not be started. */
    this.pid = child.pid ?? 0;
    this.identity = this.pid === 0 ? '' : (identityOf(this.pid) ?? '');
    if (to) child.stdout?.pipe(to, { end: false });
    else
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (chunk) => (this.#output = (this.#output + String(chunk)).slice(-MAX_COLLECTED)));
    /**
     * How it ended; code 127 if it could not be started.
     * @type {Promise<Ending>}
     */
    this.ended = new Promise((resolve) => {
      child.once('error', ({ message }) => {
        this.#output += message;
        resolve({ code: 127, signal: null });
      });
      child.once('close', (code, signal) => resolve({ code, signal }));
    });
  }

  /** What it has printed, with `output: 'collect'`, or why it could not be started. */
  output() {
    return this.#output;
  }

  /** Ends it, and waits until it has ended. */
  async end() {
    await endProcess(this);
  }
}

module.exports = { Child };
