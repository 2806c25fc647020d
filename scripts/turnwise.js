#!/usr/bin/env node
// @ts-check
/** The command `turnwise` of the package (docs/handlers.md): `npx turnwise [start | serve | admin ...]`. */

/** @type {Record<string, string>} */
const PROGRAMS = {
  /** Everything: a Redis and a MongoDB where the environment names none, and the service. */
  start: './start.js',
  /** One process of the service, as its environment says: what runs in production. */
  serve: '../dist/main.js',
  /** What operators do at a shell. */
  admin: './admin.js',
};

const [name = 'start', ...args] = process.argv.slice(2);
const program = PROGRAMS[name];
if (program === undefined) {
  console.error('Usage: turnwise [start | serve | admin COMMAND ...]');
  process.exit(2);
}
const file = require.resolve(program);
// As if that file had been started: the service uses this name to start it again.
process.argv.splice(1, process.argv.length, file, ...args);
process.setSourceMapsEnabled(true);
require(file);
