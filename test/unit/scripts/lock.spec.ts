import { spawnSync } from 'node:child_process';
import fs, { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityOf } from '../../../scripts/lib/identity';
import { tryLock, withLock } from '../../../scripts/lib/lock';
import { ownHome } from '../../support/own-home';

const home = ownHome();

describe('a lock', () => {
  it('names the process that holds it, and is free after its release', () => {
    const file = join(home, 'held.lock');
    const lock = tryLock(file);
    expect(tryLock(file)).toEqual({ heldBy: process.pid });
    if ('release' in lock) lock.release();
    expect(tryLock(file)).toHaveProperty('release');
  });

  it('is held also on a file system without hard links', () => {
    const file = join(home, 'no-links.lock');
    const link = jest.spyOn(fs, 'linkSync').mockImplementation(() => {
      throw Object.assign(new Error('link'), { code: 'EPERM' });
    });
    const lock = tryLock(file);
    expect(tryLock(file)).toEqual({ heldBy: process.pid });
    if ('release' in lock) lock.release();
    expect(tryLock(file)).toHaveProperty('release');
    link.mockRestore();
  });

  it('is free once its process was killed', () => {
    const file = join(home, 'dead.lock');
    writeFileSync(file, deadIdentity());
    expect(tryLock(file)).toHaveProperty('release');
    expect(readFileSync(file, 'utf8')).toBe(identityOf(process.pid));
  });

  it('is held by one process after the other', async () => {
    const file = join(home, 'turns.lock');
    const log = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    const steps: string[] = [];
    const work = (name: string) => async () => {
      steps.push(`${name} begins`);
      await new Promise(setImmediate);
      steps.push(`${name} ends`);
    };
    await Promise.all([withLock(file, 'working', work('a')), withLock(file, 'working', work('b'))]);
    expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
    log.mockRestore();
  });
});

/** The identity of a process that has ended. */
function deadIdentity(): string {
  const script = `console.log(require('./scripts/lib/identity').identityOf(process.pid))`;
  return spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' }).stdout.trim();
}
