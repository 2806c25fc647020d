/** docs/webhooks.md: its receiver verifies whatever Turnwise delivers, from an empty folder. */
import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { choosePort } from '../../../scripts/lib/ports';
import { ApiUser, AppCluster } from '../../support/cluster';
import { ended, requestOf } from '../../support/enqueued';
import { readersEnvironment, sh, Tutorial } from '../../support/tutorial';
import { until } from '../../support/until';

jest.setTimeout(600_000); // installs on a machine that may be busy

let cluster: AppCluster;
let user: ApiUser;
let folder: string;
let receiver: ChildProcess;
let hook: string;
beforeAll(async () => {
  const tutorial = new Tutorial('docs/webhooks.md');
  folder = mkdtempSync(join(tmpdir(), 'turnwise-'));
  tutorial.writeFiles('Verify', folder);
  const [install = '', run = ''] = tutorial.commands('Verify');
  await sh(`echo '{}' >package.json\n${install}`, folder);
  cluster = await AppCluster.start();
  user = await ApiUser.register((await cluster.process('all')).url);
  const { secret } = await user.get<{ secret: string }>('/webhooks/secret');
  const port = await choosePort();
  hook = `http://127.0.0.1:${port}/hook`;
  receiver = spawn('bash', ['-c', `exec env ${run.replace('whsec_…', secret)}`], {
    cwd: folder,
    env: { ...readersEnvironment(), PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await until('the receiver listens', () =>
    fetch(hook).then(
      () => true,
      () => false,
    ),
  );
});
afterAll(async () => {
  receiver.kill('SIGKILL');
  await once(receiver, 'exit');
  await cluster.stop();
  rmSync(folder, { recursive: true });
});

it.each([
  ['of 200 KiB', { text: 'x'.repeat(200 * 1024) }],
  ['that is text', 'one ☃'],
  ['that is missing', undefined],
])('the receiver verifies a body %s', async (_what, body) => {
  const id = await user.enqueue({ type: 'http', payload: { url: hook, body }, maxAttempts: 1 });
  expect(await ended(user, id)).toMatchObject({ status: 'succeeded', result: { status: 204 } });
});

it('the receiver verifies a callback with a large payload and a large result', async () => {
  const payload = 'x'.repeat(250 * 1024);
  const id = await user.enqueue({ type: 'echo', payload, callbackUrl: hook });
  await until('it is delivered', async () => {
    const { callback } = (await requestOf(user, id)) as unknown as {
      callback: { attempts: number; status: string };
    };
    if (callback.status === 'failed') throw new Error(JSON.stringify(callback));
    return callback.status === 'delivered';
  });
});

it('the receiver refuses what Turnwise has not signed', async () => {
  const headers = { 'webhook-id': '1', 'webhook-timestamp': '1', 'webhook-signature': 'v1,' };
  expect((await fetch(hook, { method: 'POST', headers, body: '{}' })).ok).toBe(false);
});
