/** Neither a request nor a callback connects to a private address, however it is written. */
import { ApiUser, AppCluster } from '../support/cluster';
import { ended, requestOf } from '../support/enqueued';
import { httpTarget, StubTarget } from '../support/stub-target';
import { until } from '../support/until';

const HOSTS = (
  '127.1 0x7f.1 2130706433 0177.0.0.1 0 [::] [::1] [::ffff:7f00:1] [::ffff:169.254.169.254] [fd00::1] [fe90::1] ' +
  '10.1.2.3 169.254.169.254 100.64.0.1 127.0.0.1 localhost'
).split(' ');

let cluster: AppCluster;
let user: ApiUser;
let canary: StubTarget;
beforeAll(async () => {
  cluster = await AppCluster.start({ HTTP_ALLOW_TARGETS: '' });
  user = await ApiUser.register((await cluster.process('all')).url);
  canary = await httpTarget((_call, response) => void response.end());
});
afterAll(async () => {
  await canary.close();
  await cluster.stop();
});

it('a request to a private address fails permanently without a connection, in every spelling and at every port', async () => {
  const ports = [80, 6379, canary.port];
  const ids = await Promise.all(
    HOSTS.flatMap((host) => ports.map((port) => ({ url: `http://${host}:${port}/`, body: {} }))).map(
      (payload) => user.enqueue({ type: 'http', payload }),
    ),
  );
  const seen = await Promise.all(ids.map((id) => ended(user, id)));
  const error = { code: 'target_refused', message: 'The target has no public address.' };
  expect(new Set(seen.map((each) => JSON.stringify(each.error)))).toEqual(new Set([JSON.stringify(error)]));
  expect(seen.map(({ attempts }) => attempts.length)).toEqual(ids.map(() => 1));
  expect(canary.connections.total).toBe(0);
});

it('an enqueue refuses a private address as the callback URL', async () => {
  const ids = await Promise.all(
    HOSTS.map((host) =>
      user.enqueue({ type: 'echo', payload: 1, callbackUrl: `http://${host}:${canary.port}/` }),
    ),
  );
  const callback = async (id: string) =>
    (await requestOf<{ callback: { status: string; lastError?: { code: string } } }>(user, id)).callback;
  for (const id of ids) {
    await until('it is given up', async () => (await callback(id)).status === 'failed');
    expect((await callback(id)).lastError?.code).toBe('target_refused');
  }
  expect(canary.connections.total).toBe(0);
});
