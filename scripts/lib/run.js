// @ts-check
/**
 * A run is one launcher (`npm start`, `npm test`, a Jest run) and everything that it started: a folder under
 * `.turnwise/run` named after the launcher, with its temporary files and a line for each child. A run ends all of
 * its children when it closes; what a killed launcher left is ended by the next run that opens.
 */
const fs = require('node:fs');
const { join } = require('node:path');
const { Child } = require('./child');
const { endProcess, signalGroup } = require('./end-process');
const { identityOf, isAlive } = require('./identity');
const { inHome } = require('./paths');

/** @typedef {{ name: string, identity: string, graceMs: number, outlives: boolean }} Recorded */

/** @param {string} identity */
const folderPrefix = (identity) => `${identity.replaceAll(' ', '_')}.`;

/** @param {string} folder */
const ownerOf = (folder) => folder.slice(0, folder.lastIndexOf('.')).replaceAll('_', ' ');

class Run {
  /** @param {string} folder of a run; `Run.open` makes one, other processes of the same run join it by this */
  constructor(folder) {
    this.folder = folder;
    this.closing = false;
  }

  /**
   * Opens a run of this process, after ending what runs of dead launchers left.
   * @returns {Promise<Run>}
   */
  static async open() {
    const parent = inHome('run');
    fs.mkdirSync(parent, { recursive: true, mode: 0o700 });
    for (const name of fs.readdirSync(parent)) {
      if (!isAlive(ownerOf(name))) await new Run(join(parent, name)).close();
    }
    return new Run(fs.mkdtempSync(join(parent, folderPrefix(identityOf(process.pid) ?? ''))));
  }

  /**
   * A path inside the run's folder, which is gone when the run has closed.
   * @param {string} name
   */
  path(name) {
    return join(this.folder, name);
  }

  /**
   * Starts a program, see Child.
   * @param {string} name
   * @param {string} command
   * @param {readonly string[]} args
   * @param {import('./child').SpawnOptions} [options]
   */
  spawn(name, command, args, options = {}) {
    if (this.closing) throw new Error(`${name} is not started, because everything is being stopped.`);
    const child = new Child(name, command, args, options);
    const { identity, graceMs } = child;
    const line = JSON.stringify({ name, identity, graceMs, outlives: options.outlives ?? false });
    if (identity !== '') fs.appendFileSync(this.path('children'), `${line}\n`);
    return child;
  }

  /**
   * Runs a program to its end.
   * @param {string} name
   * @param {string} command
   * @param {readonly string[]} args
   * @param {import('./child').SpawnOptions} [options]
   * @throws if it ends with anything but 0
   */
  async tool(name, command, args, options) {
    const child = this.spawn(name, command, args, options);
    const { code, signal } = await child.ended;
    if (code !== 0) throw new Error(`${name} failed (${signal ?? `exit code ${code}`}). ${child.output()}`);
  }

  /** Ends every child, the last one started first, and removes the folder. Safe to call twice. */
  async close() {
    this.closing = true;
    const children = this.#recorded().reverse();
    for (const child of children.filter(({ outlives }) => !outlives)) await endProcess(child);
    for (const child of children.filter(({ outlives }) => outlives)) await endProcess(child);
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** Kills every child at once; a `close` that waits for one goes on. */
  kill() {
    for (const { identity } of this.#recorded().filter((child) => isAlive(child.identity)))
      signalGroup(identity, 'SIGKILL');
  }

  /** @returns {Recorded[]} */
  #recorded() {
    const file = this.path('children');
    if (!fs.existsSync(file)) return [];
    const lines = fs.readFileSync(file, 'utf8').split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
  }
}

module.exports = { Run };
