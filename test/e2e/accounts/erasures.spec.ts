/** Erasing customers and accounts, through the API of two real processes. */
import { MongoClient } from 'mongodb';
import { ApiUser, AppCluster } from '../../support/cluster';
import { until } from '../../support/until';

let cluster: AppCluster;
let urls: string[];
let admin: ApiUser;
let company: ApiUser;

beforeAll(async () => {
  cluster = await AppCluster.start();
  const apps = await Promise.all([cluster.process('all'), cluster.process('all')]);
  urls = apps.map(({ url }) => url);
  admin = await cluster.admin(urls[0]!);
  company = await keyOf(admin);
});
afterAll(() => cluster.stop());

async function keyOf(by: ApiUser): Promise<ApiUser> {
  const answer = await by.call('POST', '/auth/api-keys', { name: 'company', scopes: ['act-as'] });
  return ApiUser.withKey(urls[1]!, ((await answer.json()) as { key: string }).key);
}

interface Erasure {
  readonly userId: string;
  readonly status: 'erasing' | 'erased';
  readonly requestsLeft: number;
}

const as = (customer: string) => ({ 'turnwise-user': customer });
const pathOf = (customer: string) => `/customers/${encodeURIComponent(customer)}`;
const list = async (customer: string) => {
  const answer = await company.call('GET', '/requests', undefined, as(customer));
  return ((await answer.json()) as { items: { id: string; status: string }[] }).items;
};
const untilErased = (path: string, by = company) =>
  until('it is erased', async () => (await by.get<Erasure>(path)).status === 'erased');

it('erasing a customer removes their ended, waiting and running requests, and they may start again', async () => {
  const customer = 'person/77 ä'.replace('ä', '%');
  const enqueue = (payload: unknown, more: object = {}) =>
    company.call('POST', '/enqueue', { payload, ...more }, { ...as(customer), 'idempotency-key': 'once' });
  const first = await (await enqueue('secret', { type: 'echo' })).json();
  await until('one has ended', async () => (await list(customer))[0]?.status === 'succeeded');
  await company.enqueue({ type: 'sleep', payload: { ms: 600_000 }, timeoutMs: 3_600_000 }, as(customer));
  await company.enqueue({ type: 'echo', payload: 'waits' }, as(customer));
  await company.enqueue({ type: 'echo', payload: 'later', delayMs: 3_600_000 }, as(customer));
  await until('one runs', async () => (await list(customer)).some(({ status }) => status === 'active'));
  expect((await company.call('GET', '/webhooks/secret', undefined, as(customer))).status).toBe(200);
  expect((await company.call('POST', '/queue/pause', undefined, as(customer))).status).toBe(200);

  const answer = await company.call('DELETE', pathOf(customer));
  expect(answer.status).toBe(202);
  const { userId, status } = (await answer.json()) as Erasure;
  expect(status).toBe('erasing');
  // At once again: the same key now belongs to another user.
  expect(await list(customer)).toEqual([]);
  const again = await (await enqueue('again', { type: 'echo' })).json();
  expect(again).not.toEqual(first);
  await until('it ran', async () => (await list(customer))[0]?.status === 'succeeded');

  await untilErased(`${pathOf(customer)}/erasure`);
  expect(await cluster.documentsOf(userId)).toEqual([]);
  expect(await cluster.redis.client().keys(`*${userId}*`)).toEqual([]);
  expect(await list(customer)).toHaveLength(1);
  expect(await admin.get(`/admin/users/${userId}/erasure`)).toMatchObject({
    userId,
    status: 'erased',
    requestsLeft: 0,
  });
});

it('erasing a customer removes requests that were accepted while it began', async () => {
  const customer = 'busy';
  await company.enqueue({ type: 'echo', payload: 0 }, as(customer));
  let goes = true;
  const flood = Array.from({ length: 8 }, async () => {
    while (goes) await company.call('POST', '/enqueue', { type: 'echo', payload: 1 }, as(customer));
  });
  let userId: string;
  try {
    ({ userId } = (await (await company.call('DELETE', pathOf(customer))).json()) as Erasure);
    await untilErased(`/admin/users/${userId}/erasure`, admin);
  } finally {
    goes = false;
    await Promise.all(flood);
  }
  expect(await cluster.documentsOf(userId)).toEqual([]);
});

it('erasing a customer may be repeated, also after they came back, and affects no other customer', async () => {
  await company.enqueue({ type: 'echo', payload: 0 }, as('twice'));
  const erase = async () => (await (await company.call('DELETE', pathOf('twice'))).json()) as Erasure;
  const first = await erase();
  expect((await erase()).userId).toBe(first.userId);
  await company.enqueue({ type: 'echo', payload: 0 }, as('twice'));
  await erase();
  await untilErased(`${pathOf('twice')}/erasure`);
  expect(await list('twice')).toEqual([]);
  expect((await company.call('DELETE', pathOf('nobody'))).status).toBe(404);
  expect((await company.call('GET', `${pathOf('nobody')}/erasure`)).status).toBe(404);
  const stranger = await keyOf(await cluster.admin(urls[0]!));
  expect((await stranger.call('GET', `${pathOf('twice')}/erasure`)).status).toBe(404);
});

it('only keys that act for customers, and admins, may erase a customer', async () => {
  const user = await ApiUser.register(urls[0]!);
  for (const [method, path] of [
    ['DELETE', pathOf('one')],
    ['GET', `${pathOf('one')}/erasure`],
    ['DELETE', '/admin/users/one'],
    ['GET', '/admin/users/one/erasure'],
  ] as const)
    expect([path, (await user.call(method, path)).status]).toEqual([path, 403]);
  for (const invalid of ['x'.repeat(129), 'ACME ', ' ACME'])
    expect((await company.call('DELETE', pathOf(invalid))).status).toBe(400);
  expect((await admin.call('DELETE', '/admin/users/nobody')).status).toBe(404);
});

it('an admin deletes an account with its customers, whose later requests are refused', async () => {
  const owner = await cluster.admin(urls[0]!);
  const key = await keyOf(owner);
  await key.enqueue({ type: 'echo', payload: 0 }, as('left'));
  const find = async (q: string) =>
    (await admin.get<{ items: { id: string }[] }>(`/admin/users?q=${encodeURIComponent(q)}`)).items[0]!.id;
  const [account, customer] = [await find(owner.email), await find('left')];
  expect((await admin.call('DELETE', `/admin/users/${account}`)).status).toBe(202);
  expect((await owner.call('GET', '/auth/me')).status).toBe(401);
  // Inserts like an accept that was in progress.
  const client = await MongoClient.connect(cluster.mongodbUri);
  await until('the first pass is over', async () => (await cluster.documentsOf(customer)).length === 0);
  for (const [i, userId] of [account, customer].entries()) {
    const late = {
      _id: `late-${i}`,
      userId,
      shard: 0,
      seq: 1,
      status: 'failed',
      token: 0,
      attempts: [],
      tags: [],
    };
    await client.db().collection<{ _id: string }>('requests').insertOne(late);
  }
  await client.close();
  await untilErased(`/admin/users/${account}/erasure`, admin);
  for (const userId of [account, customer]) expect(await cluster.documentsOf(userId)).toEqual([]);
});

it('a new version finishes a deletion that an older one has recorded', async () => {
  const user = await ApiUser.register(urls[0]!);
  const { id } = await user.get<{ id: string }>('/auth/me');
  const client = await MongoClient.connect(cluster.mongodbUri);
  const endings = client.db().collection<{ _id: string; requestedAt: Date }>('accountendings');
  await endings.insertOne({ _id: id, requestedAt: new Date() });
  await until('the account is refused', async () => (await user.call('GET', '/auth/me')).status === 401);
  await until('it is adopted', async () => (await endings.countDocuments()) === 0);
  await client.close();
});
