/** A worker dies while it sends a callback: another one sends it. */
import { ApiUser, AppCluster } from '../../support/cluster';
import { requestOf } from '../../support/enqueued';
import { heldTarget, type HeldTarget } from '../../support/stub-target';
import { until } from '../../support/until';

interface View {
  readonly callback: { readonly status: string; readonly attempts: number };
}

let cluster: AppCluster;
let target: HeldTarget;
beforeEach(async () => {
  cluster = await AppCluster.start();
  target = await heldTarget();
});
afterEach(async () => {
  await target.close();
  await cluster.stop();
});

it('another process sends the callback of a process that died while sending it', async () => {
  const api = await cluster.process('api');
  const first = await cluster.process('worker');
  const user = await ApiUser.register(api.url);
  const id = await user.enqueue({ type: 'echo', payload: 1, callbackUrl: target.url });
  await until('it was begun', () => target.calls.length === 1);
  first.app.signal('SIGKILL');
  await first.app.ended;
  target.release();
  await cluster.process('worker');
  const callback = async () => (await requestOf<View>(user, id)).callback;
  await until('the callback is delivered', async () => (await callback()).status === 'delivered');
  expect(await callback()).toMatchObject({ attempts: 2 });
  expect(new Set(target.calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
});
