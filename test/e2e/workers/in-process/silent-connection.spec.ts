/** One connection to MongoDB goes silent while all others work, as when a firewall drops it. */
import { ApiUser } from '../../../support/cluster';
import { dropDatabase, uniqueDatabase } from '../../../support/mongo-database';
import { startTestApp, TestApp } from '../../../support/test-app';
import { TcpProxy } from '../../../support/tcp-proxy';
import { until } from '../../../support/until';

const mongodbUri = uniqueDatabase();
let proxy: TcpProxy;
let app: TestApp;
beforeEach(async () => {
  const uri = new URL(mongodbUri);
  proxy = await TcpProxy.start(Number(uri.port));
  uri.port = String(proxy.port);
  uri.searchParams.delete('replicaSet'); // the members would be called by their own addresses
  uri.searchParams.set('directConnection', 'true');
  app = await startTestApp({ MONGODB_URI: uri.href });
});
afterEach(async () => {
  await app.close();
  await proxy.stop();
  await dropDatabase(mongodbUri);
});

it('all users are served although the outcome of one was sent over the silent connection (P5)', async () => {
  const [user, other] = [await ApiUser.register(app.url), await ApiUser.register(app.url)];
  const isDone = async (by: ApiUser, id: string) =>
    (await by.get<{ status: string }>(`/requests/${id}`)).status === 'succeeded';

  proxy.loseOne((asked) => asked.includes('attemptsMade') && asked.includes('update\0'));
  const request = await user.enqueue({ type: 'echo', payload: 1 });
  await until('its connection is lost', () => proxy.hasLostOne);
  const behind = await other.enqueue({ type: 'echo', payload: 2 });
  await until('the other has run', () => isDone(other, behind));
  await until('so has the first, whose outcome was sent again', () => isDone(user, request));
  expect(await user.get(`/requests/${request}`)).toMatchObject({
    status: 'succeeded',
    attempts: [{ outcome: 'succeeded' }],
  });
});
