/** A claim whose answer comes long after its lease was given: an external worker counts from the answer. (P1) */
import { setTimeout as delay } from 'node:timers/promises';
import { ShardScripts } from '../../../../src/queue/scripts/shard-scripts.service';
import { UserQueues } from '../../../../src/queue/user-queues.service';
import { Journal } from '../../../../src/journal/journal.service';
import { ApiUser, AppCluster } from '../../../support/cluster';
import { Claimed, ExternalWorker, externalWorker } from '../../../support/external-worker';
import { startTestApp, TestApp } from '../../../support/test-app';

const LEASE_MS = 10_000;
/** Most of the lease. */
const LATE_MS = 8_500;

let cluster: AppCluster;
let api: TestApp;
let worker: ExternalWorker;
let user: ApiUser;

beforeAll(async () => {
  cluster = await AppCluster.start();
  const stores = { REDIS_URL: cluster.redis.url, MONGODB_URI: cluster.mongodbUri };
  api = await startTestApp({ ...stores, ROLE: 'api', QUEUE_SHARDS: '2' });
  ({ worker } = await externalWorker(cluster, api.url));
});
beforeEach(async () => {
  user = await ApiUser.register(api.url);
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => {
  await api.close();
  await cluster.stop();
});

/** Claims, and returns until when its worker relies on its lease, by its own clock. */
async function claimed(): Promise<{ item: Claimed; from: number; until: number }> {
  const item = await worker.claimOne({ leaseMs: LEASE_MS });
  const from = performance.now();
  return { item, from, until: from + LEASE_MS };
}

it('the lease of a request is extended if its look-up took long', async () => {
  const id = await user.enqueue({ type: 'job', payload: 1 });
  const queues = api.app.get(UserQueues);
  const { id: userId } = await user.get<{ id: string }>('/auth/me');
  const permit = queues.permit(userId);
  await queues.markForLookUp(permit, userId, id);
  permit.release();
  const journal = api.app.get(Journal);
  const lookUp = journal.lookUp.bind(journal);
  jest.spyOn(journal, 'lookUp').mockImplementationOnce(async (...args) => {
    await delay(LATE_MS);
    return lookUp(...args);
  });
  const first = await claimed();
  const second = await claimed();
  expect(second.item.request.id).toBe(id);
  expect(second.from).toBeGreaterThanOrEqual(first.until);
  expect((await worker.complete(second.item)).status).toBe(200);
});

it('a request is handed back if its lease cannot be extended', async () => {
  const id = await user.enqueue({ type: 'job', payload: 1 });
  const scripts = api.app.get(ShardScripts);
  const claim = scripts.claim.bind(scripts);
  jest.spyOn(scripts, 'claim').mockImplementation(async (...args) => {
    const reply = await claim(...args);
    if (reply.jobs.length > 0) {
      jest.restoreAllMocks();
      jest.spyOn(scripts, 'extend').mockRejectedValueOnce(new Error('Command timed out'));
      await delay(LATE_MS); // the answer of Redis
    }
    return reply;
  });
  const { item } = await claimed();
  expect(item).toMatchObject({ request: { id }, attempt: 1 });
  expect((await worker.complete(item)).status).toBe(200);
});
