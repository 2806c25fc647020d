import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives the tests of a file their own folder for local data. Returns its path. */
export function ownHome(): string {
  const folder = mkdtempSync(join(tmpdir(), 'turnwise-home-'));
  process.env.TURNWISE_HOME = folder;
  afterAll(() => rmSync(folder, { recursive: true }));
  return folder;
}
