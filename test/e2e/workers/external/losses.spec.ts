/** The leases of external workers when a process, or Redis, is lost. */
import { ApiUser, AppCluster } from '../../../support/cluster';
import { requestOf } from '../../../support/enqueued';
import { ExternalWorker, externalWorker } from '../../../support/external-worker';

let cluster: AppCluster;
let worker: ExternalWorker;
let user: ApiUser;
let first: Awaited<ReturnType<AppCluster['process']>>;
let second: typeof first;

beforeEach(async () => {
  cluster = await AppCluster.start();
  [first, second] = await Promise.all([cluster.process('api'), cluster.process('api')]);
  ({ worker } = await externalWorker(cluster, first.url));
  user = await ApiUser.register(second.url);
});
afterEach(() => cluster.stop());

it('a lease outlives the process that gave it', async () => {
  const id = await user.enqueue({ type: 'job', payload: 1 });
  const claimed = await worker.claimOne();
  first.app.signal('SIGKILL');
  await first.app.ended;
  const there = worker.at(second.url);
  expect((await there.extend(claimed)).status).toBe(200);
  expect((await there.complete(claimed)).body).toEqual({ status: 'succeeded' });
  expect((await requestOf(user, id)).attempts).toHaveLength(1);
});

it.each(['FLUSHALL', 'kill -9'])(
  'a request is not given out again before its lease has ended when Redis is lost: %s',
  async (how) => {
    const ids = [
      await user.enqueue({ type: 'job', payload: 1 }),
      await user.enqueue({ type: 'job', payload: 2 }),
    ];
    const held = await worker.claimOne({ leaseMs: 2_000 });
    if (how === 'FLUSHALL') await cluster.redis.client().flushall();
    else await cluster.redis.killAndRestart();
    const there = worker.at(second.url);
    const again = await there.claimOne();
    expect(again.request.id).toBe(ids[0]);
    expect(again.fencingToken).toBeGreaterThan(held.fencingToken);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(held.leaseUntil)); // one host, one clock
    expect(await there.complete(held)).toMatchObject({ status: 409, body: { code: 'lease_lost' } });
    expect((await there.complete(again)).body).toEqual({ status: 'succeeded' });
    const next = await there.claimOne();
    expect(next.request.id).toBe(ids[1]);
    await there.complete(next);
    expect(await user.get('/queue/audit')).toMatchObject({ clean: true, checked: 2 });
  },
);
