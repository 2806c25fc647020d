// @ts-check
const fs = require('node:fs');
const { dirname } = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { identityOf, isAlive, pidOf } = require('./identity');

const POLL_MS = 200;

/**
 * Takes a lock that ends with this process, also when it is killed.
 * @param {string} file
 * @returns {{ release: () => void } | { heldBy: number }} `heldBy`: the process that has it
 */
function tryLock(file) {
  fs.mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const mine = `${file}.${process.pid}`;
  fs.writeFileSync(mine, identityOf(process.pid) ?? '');
  try {
    for (;;) {
      try {
        nameOnce(mine, file);
        return { release: () => fs.rmSync(file, { force: true }) };
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      }
      const holder = read(file);
      if (holder !== undefined && isAlive(holder)) return { heldBy: pidOf(holder) };
      if (holder !== undefined) removeDead(file, holder);
    }
  } finally {
    fs.rmSync(mine, { force: true });
  }
}

/**
 * Of several processes that find the same dead holder, one moves its lock away. A process that moves a live one by mistake
 * puts it back.
 * @param {string} file
 * @param {string} holder
 */
function removeDead(file, holder) {
  const moved = `${file}.${process.pid}.dead`;
  try {
    fs.renameSync(file, moved);
    if (read(moved) !== holder) nameOnce(moved, file);
  } catch {
    return; // another process was faster
  } finally {
    fs.rmSync(moved, { force: true });
  }
}

/**
 * Gives a file its name: it appears with its content, or not at all; on a file system without hard links (FAT, some SMB)
 * a reader may see a part. Throws EEXIST if there is such a file.
 * @param {string} made
 * @param {string} file
 */
function nameOnce(made, file) {
  try {
    fs.linkSync(made, file);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') throw error;
    fs.copyFileSync(made, file, fs.constants.COPYFILE_EXCL);
  }
}

/** @param {string} file */
function read(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * Runs `work` under a lock, waiting for it as long as another process has it.
 * @template T
 * @param {string} file
 * @param {string} what said if there is a wait, as in "Process 12 is installing"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function withLock(file, what, work) {
  let lock = tryLock(file);
  if ('heldBy' in lock) console.log(`Process ${lock.heldBy} is ${what}; waiting for it.`);
  while ('heldBy' in lock) {
    await sleep(POLL_MS);
    lock = tryLock(file);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}

module.exports = { tryLock, withLock };
