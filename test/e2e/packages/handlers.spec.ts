/** Runs docs/handlers.md from its first to its last command, in an empty folder, from the tarball. */
import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inHome } from '../../../scripts/lib/paths';
import { choosePort } from '../../../scripts/lib/ports';
import { ApiUser, AppCluster } from '../../support/cluster';
import { readersEnvironment, sh, Tutorial } from '../../support/tutorial';
import { until } from '../../support/until';

jest.setTimeout(600_000); // packs, installs and compiles on a machine that may be busy

const ROOT = join(__dirname, '../../..');
const tutorial = new Tutorial('docs/handlers.md');

let parent: string;
let folder: string;
let service: ChildProcess | undefined;
beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), 'turnwise-'));
  folder = join(parent, 'greetings');
  const [make = ''] = tutorial.commands('1. Make a folder');
  await sh(make.replaceAll('../greetings', folder), ROOT);
  for (const heading of ['1. Make a folder', '2. Write it', '3. Test it'])
    tutorial.writeFiles(heading, folder);
});
afterAll(async () => {
  if (service?.pid !== undefined && service.exitCode === null) {
    process.kill(-service.pid, 'SIGTERM');
    await once(service, 'close');
  }
  rmSync(parent, { recursive: true });
});

it('the package tests a handler, and serves it with its own Redis and MongoDB', async () => {
  const [test = ''] = tutorial.commands('3. Test it');
  expect(await sh(test, folder)).toMatch(/^[#ℹ] pass 3$/m); // the sign depends on the version of Node

  // The servers of these tests are not downloaded again.
  mkdirSync(join(folder, '.turnwise'), { mode: 0o700 });
  if (existsSync(inHome('bin'))) symlinkSync(inHome('bin'), join(folder, '.turnwise/bin'));
  const port = String(await choosePort());
  const [run = '', call = ''] = tutorial.commands('4. Run it');
  let said = '';
  service = spawn('bash', ['-c', run], {
    cwd: folder,
    env: { ...readersEnvironment(), PORT: port, HOST: '127.0.0.1' },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [service.stdout, service.stderr])
    stream?.on('data', (text: Buffer) => (said += String(text)));
  await until('there is a key', () => {
    if (service?.exitCode !== null) throw new Error(said);
    return existsSync(join(folder, '.turnwise/api-key'));
  });
  expect(await sh(call.replace('8085', port), folder)).toContain('"result":{"greeting":"Hello, Ada!"}');
  await expect(sh('npx turnwise admin', folder)).rejects.toThrow('Usage: npx turnwise admin COMMAND\n');
});

it('the compiled folder is served where the image has it', async () => {
  // The same folders as in docker/Dockerfile; the package finds itself by its own name.
  const image = join(parent, 'app');
  mkdirSync(image);
  copyFileSync(join(ROOT, 'package.json'), join(image, 'package.json'));
  for (const part of ['dist', 'node_modules']) symlinkSync(join(ROOT, part), join(image, part));
  cpSync(join(folder, 'dist'), join(image, 'handlers'), { recursive: true });
  const cluster = await AppCluster.start({ HANDLERS: join(image, 'handlers/handlers.js') });
  try {
    const { url } = await cluster.process('all');
    const user = await ApiUser.register(url);
    const greet = (payload: unknown) =>
      user.call('POST', '/enqueue', { type: 'greet', payload }, { prefer: 'wait=60' });
    expect(await (await greet({ name: 'Ada' })).json()).toMatchObject({
      result: { greeting: 'Hello, Ada!' },
    });
    expect(await (await greet({})).json()).toMatchObject({ errors: [{ pointer: '/payload/name' }] });
  } finally {
    await cluster.stop();
  }
});
