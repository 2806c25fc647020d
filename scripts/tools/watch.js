// @ts-check
const fs = require('node:fs');
const { join } = require('node:path');

/** Editors write a file in several steps, and git writes many files. */
const SETTLED_MS = 30;

/**
 * Reports saved files in a folder and below it.
 * @param {string} root
 * @param {(files: ReadonlySet<string>) => void} saved
 * @returns {() => void} ends it
 */
function watch(root, saved) {
  /** @type {Map<string, fs.FSWatcher>} */
  const watchers = new Map();
  /** @type {Set<string>} */
  let files = new Set();
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const tell = () => {
    const told = files;
    files = new Set();
    saved(new Set([...told].filter((file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile())));
  };
  /** Watches folders, not files: a save may replace the old file by a new one. @param {string} folder */
  const watchFolder = (folder) => {
    if (watchers.has(folder)) return;
    const watcher = fs.watch(folder, (_, name) => {
      if (name === null) return;
      const path = join(folder, name);
      if (fs.statSync(path, { throwIfNoEntry: false })?.isDirectory()) watchFolders(path);
      files.add(path);
      clearTimeout(timer);
      timer = setTimeout(tell, SETTLED_MS);
    });
    watcher.once('error', () => watchers.delete(folder)).once('close', () => watchers.delete(folder));
    watchers.set(folder, watcher);
  };
  /** @param {string} folder */
  const watchFolders = (folder) => {
    watchFolder(folder);
    for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true }))
      if (entry.isDirectory()) watchFolder(join(entry.parentPath, entry.name));
  };
  watchFolders(root);
  return () => {
    clearTimeout(timer);
    for (const watcher of [...watchers.values()]) watcher.close();
  };
}

module.exports = { watch };
