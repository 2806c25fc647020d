import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../../../scripts/lib/identity';
import { Run } from '../../../scripts/lib/run';
import { ownHome } from '../../support/own-home';

ownHome();

/** Runs that are closed after their test, also if it fails. */
const open: Run[] = [];
afterEach(async () => {
  for (const run of open.splice(0)) await run.close();
});

async function openRun(): Promise<Run> {
  const run = await Run.open();
  open.push(run);
  return run;
}

const STAYS = 'console.log("up"); setInterval(() => undefined, 1000);';
/** Writes to a file that it was told to end, so that the order does not depend on when this process is notified. */
const notes = (file: string, name: string) =>
  `process.once("SIGTERM", () => { require("fs").appendFileSync(${JSON.stringify(file)}, "${name}\\n"); process.exit(); }); ${STAYS}`;
const IGNORES_SIGTERM = `process.on("SIGTERM", () => undefined); ${STAYS}`;

/** Starts a Node program that runs until it is told to end; resolves when it is up. */
async function spawnNode(run: Run, script: string, options: { graceMs?: number; outlives?: boolean } = {}) {
  const child = run.spawn('a program', process.execPath, ['-e', script], { output: 'collect', ...options });
  while (!child.output().includes('up')) await new Promise((resolve) => setTimeout(resolve, 10));
  return child;
}

describe('a run', () => {
  it('ends its children in order, the stores last, and removes its folder', async () => {
    const run = await openRun();
    const ends = join(mkdtempSync(join(tmpdir(), 'turnwise-ends-')), 'ends');
    const started = [
      ['store', { outlives: true }],
      ['app', {}],
      ['restarted store', { outlives: true }],
    ] as const;
    for (const [name, options] of started) await spawnNode(run, notes(ends, name), options);
    await run.close();
    expect(readFileSync(ends, 'utf8')).toBe('app\nrestarted store\nstore\n');
    expect(existsSync(run.folder)).toBe(false);
  });

  it('kills a child that does not end within its grace period', async () => {
    const run = await openRun();
    const child = await spawnNode(run, IGNORES_SIGTERM, { graceMs: 50 });
    await run.close();
    expect(await child.ended).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('starts nothing while it closes', async () => {
    const run = await openRun();
    await run.close();
    expect(() => run.spawn('late', process.execPath, ['-e', STAYS])).toThrow('being stopped');
  });

  it('ends the processes of a run whose launcher was killed, and no others', async () => {
    const live = await openRun();
    const own = await spawnNode(live, STAYS);
    const launcher = `
      const { Run } = require('./scripts/lib/run');
      void Run.open().then((run) => {
        const child = run.spawn('left', process.execPath, ['-e', ${JSON.stringify(STAYS)}], { output: { file: run.path('log') } });
        console.log(JSON.stringify([child.identity, run.folder]));
        process.kill(process.pid, 'SIGKILL');
      });`;
    const { stdout } = spawnSync(process.execPath, ['-e', launcher], { encoding: 'utf8', env: process.env });
    const [left, folder] = JSON.parse(stdout) as [string, string];
    expect(isAlive(left)).toBe(true);

    const next = await openRun();
    expect(isAlive(left)).toBe(false);
    expect(existsSync(folder)).toBe(false);
    expect(isAlive(own.identity)).toBe(true);
    await next.close();
    await live.close();
  });

  it('ends the children of an interrupted program', async () => {
    const program = `
      const { main } = require('./scripts/tools/main');
      void main((run) => {
        const child = run.spawn('left', process.execPath, ['-e', ${JSON.stringify(STAYS)}], { output: { file: run.path('log') } });
        console.log(child.identity);
        return new Promise(() => undefined);
      });`;
    const launcher = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [identity] = (await once(launcher.stdout, 'data')) as [Buffer];
    launcher.kill('SIGINT');
    expect(await once(launcher, 'exit')).toEqual([130, null]);
    expect(isAlive(identity.toString().trim())).toBe(false);
  });

  it('distinguishes a program that cannot be started from one that fails', async () => {
    const run = await openRun();
    await expect(run.tool('a tool', 'no-such-program', [], { output: 'collect' })).rejects.toThrow('ENOENT');
    const fails = run.tool('a tool', process.execPath, ['-e', 'process.exit(3)'], { output: 'collect' });
    await expect(fails).rejects.toThrow('exit code 3');
    await run.close();
  });
});
