/** Erasing a customer while other work about them is in progress: nothing of them is left, and no other user waits. */
import type { ServerResponse } from 'node:http';
import { ApiUser, AppCluster } from '../../support/cluster';
import { externalWorker, ExternalWorker } from '../../support/external-worker';
import { httpTarget, StubTarget } from '../../support/stub-target';
import { QueueDriver } from '../../support/queue-driver';
import { QueueFixture } from '../../support/queue-fixture';
import { until } from '../../support/until';

const DURATIONS = { LEASE_MS: '4000', VIEW_MS: '12000', HOLD_MS: '2000' };
const LONGER_HOLD_MS = 8_000;

let cluster: AppCluster;
let url: string;
let admin: ApiUser;
let worker: ExternalWorker;
let company: ApiUser;
let target: StubTarget;
let held: ServerResponse | undefined;

beforeAll(async () => {
  cluster = await AppCluster.start(DURATIONS);
  ({ url } = await cluster.process('all'));
  ({ admin, worker } = await externalWorker(cluster, url));
  const answer = await admin.call('POST', '/auth/api-keys', { name: 'company', scopes: ['act-as'] });
  company = ApiUser.withKey(url, ((await answer.json()) as { key: string }).key);
  target = await httpTarget((_call, response) => (held = response));
});
afterAll(async () => {
  await target.close();
  await cluster.stop();
});

interface Erasure {
  readonly userId: string;
  readonly status: 'erasing' | 'erased';
  readonly requestedAt: string;
  readonly erasedAt?: string;
}

const as = (customer: string) => ({ 'turnwise-user': customer });
const enqueue = (customer: string, body: object) => company.enqueue(body, as(customer));
const statusOf = async (customer: string, id: string) => {
  const answer = await company.call('GET', `/requests/${id}`, undefined, as(customer));
  return ((await answer.json()) as { status: string }).status;
};
const erase = async (customer: string) =>
  (await (await company.call('DELETE', `/customers/${customer}`)).json()) as Erasure;

/** Waits for the end of the erasure, and expects that neither store has data of the user. */
async function erased(userId: string): Promise<Erasure> {
  const path = `/admin/users/${userId}/erasure`;
  await until('they are erased', async () => (await admin.get<Erasure>(path)).status === 'erased');
  expect(await cluster.documentsOf(userId)).toEqual([]);
  expect(await cluster.redis.client().keys(`*${userId}*`)).toEqual([]);
  return admin.get<Erasure>(path);
}

it('an erasure removes a request that is retried again and again meanwhile', async () => {
  const nowhere = { type: 'http', payload: { url: 'http://127.0.0.1:9/' }, maxAttempts: 1 };
  const ids = await Promise.all(Array.from({ length: 8 }, () => enqueue('retrying', nowhere)));
  await until('all have failed', async () =>
    (await Promise.all(ids.map((id) => statusOf('retrying', id)))).every((status) => status === 'failed'),
  );
  const { id: userId } = (await admin.get<{ items: { id: string }[] }>('/admin/users?q=retrying')).items[0]!;
  let goes = true;
  let retried = 0;
  const retries = ids.map(async (id) => {
    while (goes) {
      const { status } = await admin.call('POST', `/admin/users/${userId}/requests/${id}/retry`);
      if (status === 200) retried += 1;
    }
  });
  try {
    await until('some are under way', () => retried > 8);
    await erase('retrying');
    await erased(userId);
  } finally {
    goes = false;
    await Promise.all(retries);
  }
});

it('an erased request refuses the outcome of its external worker', async () => {
  await enqueue('outside', { type: 'job', payload: 'theirs' });
  await enqueue('outside', { type: 'job', payload: 'waits' });
  const [item] = await worker.claim({ leaseMs: 8_000 });
  const { userId } = await erase('outside');
  await until('its request is gone', async () => (await cluster.documentsOf(userId)).length === 0);
  expect(await worker.complete(item!, 'late')).toMatchObject({ status: 404 });
  await erased(userId);
  await enqueue('outside', { type: 'job', payload: 'anew' });
  const [next] = await worker.claim({ leaseMs: 8_000 });
  expect(next!.request.payload).toBe('anew');
  expect((await worker.complete(next!)).status).toBe(200);
});

it('a callback that is answered after its user was erased leaves no record', async () => {
  await enqueue('told', { type: 'echo', payload: 'secret', callbackUrl: target.url });
  await until('the callback is under way', () => held !== undefined);
  const { userId } = await erase('told');
  await until('its request is gone', async () => (await cluster.documentsOf(userId)).length === 0);
  held!.writeHead(204).end();
  await erased(userId);
  expect(target.calls).toHaveLength(1);
});

it('an erasure removes requests that a recovery of the queues has restored', async () => {
  await enqueue('wiped', { type: 'sleep', payload: { ms: 600_000 }, timeoutMs: 3_600_000 });
  for (let i = 0; i < 20; i++) await enqueue('wiped', { type: 'echo', payload: i });
  await cluster.redis.client().flushall();
  const { userId } = await erase('wiped');
  await erased(userId);
  const id = await enqueue('bystander', { type: 'echo', payload: 1 });
  await until('others go on', async () => (await statusOf('bystander', id)) === 'succeeded');
});

it('an erasure gives up places of accepts that ended half way, scheduled ones too', async () => {
  await enqueue('ghostly', { type: 'echo', payload: 1 });
  const { id: userId } = (await admin.get<{ items: { id: string }[] }>('/admin/users?q=ghostly')).items[0]!;
  const fixture = QueueFixture.on(cluster);
  const ghosts = new QueueDriver(await fixture.process({ ...DURATIONS, QUEUE_SHARDS: '4' }), userId);
  await ghosts.hold('ghost', { lane: 'x.nobody' });
  await ghosts.hold('ghost of tomorrow', { runAt: Date.now() + 86_400_000 });
  await fixture.stopProcesses();
  await erase('ghostly');
  await erased(userId);
});

it('an erasure waits as long as the process with the longest settings may still write', async () => {
  await cluster.process('api', undefined, { HOLD_MS: `${LONGER_HOLD_MS}` });
  await enqueue('slow', { type: 'echo', payload: 1 });
  const { userId } = await erase('slow');
  const { requestedAt, erasedAt } = await erased(userId);
  expect(Date.parse(erasedAt!) - Date.parse(requestedAt)).toBeGreaterThanOrEqual(2 * LONGER_HOLD_MS);
});
