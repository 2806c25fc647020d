/** An enqueue that waits for the end of its request, while MongoDB goes away. */
import { EventBus } from '../../../src/events/event-bus';
import { ApiUser } from '../../support/cluster';
import { dropDatabase, uniqueDatabase } from '../../support/mongo-database';
import { TcpProxy } from '../../support/tcp-proxy';
import { startTestApp, TestApp } from '../../support/test-app';
import { until } from '../../support/until';

const mongodbUri = uniqueDatabase();
let proxy: TcpProxy;
let test: TestApp;
beforeAll(async () => {
  const uri = new URL(mongodbUri);
  proxy = await TcpProxy.start(Number(uri.port));
  uri.port = String(proxy.port);
  uri.search = '?directConnection=true'; // otherwise the driver would find the members of the replica set beside the proxy
  test = await startTestApp({ MONGODB_URI: uri.href, ROLE: 'api' });
});
afterAll(async () => {
  await test.close();
  await proxy.stop();
  await dropDatabase(mongodbUri);
});

it('answers 202 for an accepted request that cannot be read after the wait (P3)', async () => {
  const user = await ApiUser.register(test.url);
  const echo = { type: 'echo', payload: 1 };
  await user.enqueue(echo);
  test.app.get(EventBus).on('request.accepted', () => proxy.cut());
  const answer = await user.call('POST', '/enqueue', echo, { prefer: 'wait=1' });
  expect(answer.status).toBe(202);
  const { id } = (await answer.json()) as { id: string };
  expect(answer.headers.get('location')).toBe(`/requests/${id}`);
  proxy.mend();
  await until('it can be read', async () => (await user.call('GET', `/requests/${id}`)).status === 200);
});
