/** A database from 0.1.0 (with all its collections and indexes, and killed while in use) is served to the end. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { ApiUser, AppCluster } from '../support/cluster';
import { RequestView } from '../support/enqueued';
import { uniqueDatabase } from '../support/mongo-database';
import { until } from '../support/until';

interface Dump {
  readonly indexes: readonly { readonly key: [string, mongo.IndexDirection][]; readonly options: object }[];
  readonly documents: readonly mongo.Document[];
}

const PASSWORD = 'correct horse battery staple';

const mongodbUri = uniqueDatabase();
const client = new mongo.MongoClient(mongodbUri);
const db = client.db();
let cluster: AppCluster;
let url: string;

beforeAll(async () => {
  const file = join(__dirname, '../fixtures/database-0.1.0.json');
  const dump = mongo.BSON.EJSON.parse(readFileSync(file, 'utf8'), { relaxed: false }) as Record<string, Dump>;
  for (const [name, { indexes, documents }] of Object.entries(dump)) {
    const collection = await db.createCollection(name);
    for (const { key, options } of indexes) await collection.createIndex(new Map(key), options);
    if (documents.length > 0) await collection.insertMany([...documents]);
  }
  cluster = await AppCluster.start({}, mongodbUri);
  ({ url } = await cluster.process('all'));
});
afterAll(async () => {
  await client.close();
  await cluster.stop();
});

async function login(name: string): Promise<ApiUser> {
  const body = JSON.stringify({ email: `${name}@example.com`, password: PASSWORD });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/auth/login`, { method: 'POST', headers, body });
  return ApiUser.withKey(url, ((await answer.json()) as { accessToken: string }).accessToken);
}

/** All requests of a user, by `seq`. */
const requestsOf = async (user: ApiUser) => {
  const { items } = await user.get<{ items: RequestView[] }>('/requests?limit=100');
  return items.sort((a, b) => a.seq - b.seq);
};

const statuses = async (user: ApiUser) => (await requestsOf(user)).map(({ status }) => status);

it('after an upgrade, pending requests run in order', async () => {
  const ada = await login('ada');
  await until('all have ended', async () => (await statuses(ada)).every((status) => status === 'succeeded'));
  const requests = await requestsOf(ada);
  const runs = requests.map(({ id, attempts }) => ({ id, at: Date.parse(attempts[0]!.startedAt) }));
  expect(requests).toHaveLength(5);
  expect(runs.toSorted((a, b) => a.at - b.at)).toEqual(runs);
});

it('after an upgrade, a halt lasts until its request is decided about', async () => {
  const bob = await login('bob');
  const [failed] = await requestsOf(bob);
  expect(await statuses(bob)).toEqual(['failed', 'queued']);
  expect((await bob.call('POST', `/requests/${failed!.id}/dismiss`)).status).toBe(200);
  await until('the next has run', async () => (await statuses(bob))[1] === 'succeeded');
});

it('after an upgrade, a pause lasts until it is resumed', async () => {
  const cy = await login('cy');
  expect(await statuses(cy)).toEqual(['queued', 'queued']);
  expect((await cy.call('POST', '/queue/resume')).status).toBe(200);
  await until('both have run', async () => (await statuses(cy)).join() === 'succeeded,succeeded');
});

it('after an upgrade, the database has the current layout and schema, and no index that is no longer used', async () => {
  expect(await db.collection('view').findOne()).toMatchObject({ layout: 2, schema: 2, shardCount: 4 });
  const indexesOf = async (name: string) => (await db.collection(name).indexes()).map(({ name }) => name);
  expect(await indexesOf('processes')).toEqual(['_id_']);
  expect(await indexesOf('requests')).not.toContain('userId_1_finishedAt_-1');
  await until(
    'the process that 0.1.0 left is off the list',
    async () => (await db.collection('processes').countDocuments()) === 1,
  );
});
