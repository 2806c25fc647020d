/** MongoDB has lost its majority: what its primary alone has may be rolled back. */
import { MongoClient } from 'mongodb';
import { AppCluster, ApiUser } from '../../../support/cluster';
import { requestOf } from '../../../support/enqueued';
import { externalWorker } from '../../../support/external-worker';
import { MongoMember, MongoSet } from '../../../support/mongo-set';
import { until } from '../../../support/until';

/** The primary stays, and a view stays valid, for longer than the test takes. */
const LONG_MS = 120_000;

let set: MongoSet;
let primary: MongoMember;
let cluster: AppCluster;
beforeAll(async () => {
  set = await MongoSet.start();
  primary = await set.primary();
  const { config } = await primary.command({ replSetGetConfig: 1 });
  const settings = { ...config.settings, electionTimeoutMillis: LONG_MS };
  await primary.command({ replSetReconfig: { ...config, version: config.version + 1, settings } });
  cluster = await AppCluster.start({ VIEW_MS: String(LONG_MS) }, set.uri('not-durable'));
});
afterAll(async () => {
  set.thaw();
  await cluster.stop();
  await set.stop();
});

it('does not report an outcome as recorded that a failover could take back (P3)', async () => {
  const { url } = await cluster.process('api');
  const { worker } = await externalWorker(cluster, url);
  const user = await ApiUser.register(url);
  const id = await user.enqueue({ type: 'job', payload: 1 });
  const claimed = await worker.claimOne({ leaseMs: 5_000 });

  const others = set.members.filter((member) => member !== primary);
  for (const member of others) member.freeze();
  const first = worker.complete(claimed);
  const client = await MongoClient.connect(`mongodb://${primary.host}/?directConnection=true`);
  await until('the primary alone has the outcome', async () => {
    const filter = { _id: id as never, status: 'succeeded' };
    return (await client.db('not-durable').collection('requests').countDocuments(filter)) === 1;
  });
  await client.close();
  // While it has the lease, the answer is 503: it is not certain.
  let again = await worker.complete(claimed);
  await until('the lease has ended', async () => {
    if (again.status === 503) again = await worker.complete(claimed);
    return again.status !== 503;
  });
  expect(again).toMatchObject({ status: 409, body: { code: 'lease_lost' } });

  for (const member of others) member.thaw();
  await first;
  await until('a majority has it', async () => (await requestOf(user, id)).status === 'succeeded');
  expect((await worker.complete(claimed)).body).toEqual({ status: 'succeeded' });
});
