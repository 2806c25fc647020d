/** A MongoDB whose reads take too long. */
import { MongoClient } from 'mongodb';
import { mongoBinary } from '../../../scripts/lib/binaries';
import type { Child } from '../../../scripts/lib/child';
import { mongoUri, startMongo } from '../../../scripts/lib/mongo';
import { choosePort } from '../../../scripts/lib/ports';
import { ApiUser, AppCluster } from '../../support/cluster';
import { testRun } from '../../support/test-run';
import { until } from '../../support/until';

let mongod: Child;
let client: MongoClient;
let cluster: AppCluster;
let url: string;
beforeAll(async () => {
  const [port, run] = [await choosePort(), testRun()];
  const [data, file] = [run.path(`mongo-${port}`), run.path(`mongo-${port}.log`)];
  const binary = await mongoBinary(run);
  mongod = await startMongo(run, { binary, port, data, output: { file }, testCommands: true });
  client = await MongoClient.connect(mongoUri(port));
  cluster = await AppCluster.start({}, mongoUri(port, 'out-of-time'));
  ({ url } = await cluster.process('api'));
});
afterEach(async () => {
  await timesAreUp(false);
  await timesNeverEnd(false);
  await searchesStop(false);
});
afterAll(async () => {
  await cluster.stop();
  await client.close();
  await mongod.end();
  await mongod.ended;
});

const timesAreUp = (areUp: boolean) =>
  client.db('admin').command({
    configureFailPoint: 'maxTimeAlwaysTimeOut',
    mode: areUp ? 'alwaysOn' : 'off',
  });

const timesNeverEnd = (neverEnd: boolean) =>
  client.db('admin').command({
    configureFailPoint: 'maxTimeNeverTimeOut',
    mode: neverEnd ? 'alwaysOn' : 'off',
  });

/** Whether each read of the requests stops until it may continue. */
const searchesStop = (stop: boolean) =>
  client.db('admin').command({
    configureFailPoint: 'waitInFindBeforeMakingBatch',
    mode: stop ? 'alwaysOn' : 'off',
    data: { nss: 'out-of-time.requests' },
  });

const stoppedSearches = async () => {
  const stages = [{ $currentOp: {} }, { $match: { 'command.find': 'requests' } }];
  return (await client.db('admin').aggregate(stages).toArray()).length;
};

const TOO_LONG = { code: 'unavailable', detail: 'The search took too long. Narrow it.' };

it.each([
  ['GET', '/admin/users?q=ada', undefined],
  ['GET', '/requests?q=lovelace', undefined],
  ['POST', '/requests/cancel', { filter: {}, preview: true }],
  ['POST', '/requests/retry', { filter: {}, preview: true }],
])('%s %s asks for a narrower search', async (method, path, body) => {
  const admin = await cluster.admin(url);
  await timesAreUp(true);
  const answer = await admin.call(method, path, body);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await answer.json()).toMatchObject(TOO_LONG);
});

it('an account has two searches at once, for however many customers it acts, and another account has its own', async () => {
  const admin = await cluster.admin(url);
  const made = await admin.call('POST', '/auth/api-keys', { name: 'shop', scopes: ['act-as'] });
  const shop = ApiUser.withKey(url, ((await made.json()) as { key: string }).key);
  const search = async (by: ApiUser, headers = {}) =>
    (await by.call('GET', '/requests?q=lovelace', undefined, headers)).status;
  const searchFor = (customer: string) => search(shop, { 'turnwise-user': customer });
  const other = await ApiUser.register(url);

  await timesNeverEnd(true);
  await searchesStop(true);
  const running = [searchFor('one'), searchFor('two')];
  await until('both are under way', async () => (await stoppedSearches()) === 2);
  expect(await searchFor('three')).toBe(429);
  running.push(search(other));
  await until('the other account searches too', async () => (await stoppedSearches()) === 3);
  await searchesStop(false);
  expect(await Promise.all(running)).toEqual([200, 200, 200]);
});
