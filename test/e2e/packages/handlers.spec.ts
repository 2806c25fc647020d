/** docs/handlers.md from its first to its last command, in an empty folder, from the tarball. */
import { ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inHome } from '../../../scripts/lib/paths';
import { choosePort } from '../../../scripts/lib/ports';
import { Tutorial } from '../../support/tutorial';
import { until } from '../../support/until';

const ROOT = join(__dirname, '../../..');
const tutorial = new Tutorial('docs/handlers.md');

let parent: string;
let folder: string;
let service: ChildProcess | undefined;
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'turnwise-'));
  folder = join(parent, 'greetings');
});
afterAll(async () => {
  if (service?.pid !== undefined && service.exitCode === null) {
    const ended = new Promise((resolve) => service?.once('close', resolve));
    process.kill(-service.pid, 'SIGTERM');
    await ended;
  }
  rmSync(parent, { recursive: true });
});

/** Nothing of this test run's, and no stores: the package brings its own. */
const { PATH, HOME } = process.env;

async function sh(script: string, cwd: string): Promise<string> {
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], {
    cwd,
    env: { PATH, HOME },
  });
  return stdout;
}

it('makes a handler in a folder of its own, tests it, and serves it', async () => {
  const [make = ''] = tutorial.commands('1. Make a folder');
  await sh(make.replaceAll('../greetings', folder), ROOT);
  for (const heading of ['1. Make a folder', '2. Write it', '3. Test it'])
    tutorial.writeFiles(heading, folder);
  const [test = ''] = tutorial.commands('3. Test it');
  expect(await sh(test, folder)).toMatch(/^# pass 3$/m);

  // The servers that this test run has are not downloaded again.
  mkdirSync(join(folder, '.turnwise'), { mode: 0o700 });
  if (existsSync(inHome('bin'))) symlinkSync(inHome('bin'), join(folder, '.turnwise/bin'));
  const port = String(await choosePort());
  const [run = '', call = ''] = tutorial.commands('4. Run it');
  let said = '';
  service = spawn('bash', ['-c', run], {
    cwd: folder,
    env: { PATH, HOME, PORT: port, HOST: '127.0.0.1' },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [service.stdout, service.stderr])
    stream?.on('data', (text: Buffer) => (said += String(text)));
  await until('there is a key', async () => {
    if (service?.exitCode !== null) throw new Error(said);
    return existsSync(join(folder, '.turnwise/api-key'));
  });
  expect(await sh(call.replace('8085', port), folder)).toContain('"result":{"greeting":"Hello, Ada!"}');
});
