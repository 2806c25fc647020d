/** How event streams end; nothing of them is left. */
import { request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { ApiUser, AppCluster } from '../../support/cluster';
import { EventReader } from '../../support/event-reader';
import { seeded } from '../../support/seeded';
import { until } from '../../support/until';

let cluster: AppCluster;
beforeAll(async () => {
  cluster = await AppCluster.start();
});
afterAll(() => cluster.stop());

/** Opens a stream and drops it after a while, maybe before its first event. */
async function dropped(url: string, token: string, afterMs: number): Promise<void> {
  const call = request(`${url}/events`, { headers: { authorization: `Bearer ${token}` }, agent: false });
  const closed = new Promise<void>((resolve) => call.once('close', () => resolve()));
  call.on('error', () => undefined);
  call.on('response', (answer) => answer.on('error', () => undefined).resume());
  call.end();
  await delay(afterMs);
  call.destroy();
  await closed;
}

const streamsOf = async (url: string) =>
  Number(/^turnwise_event_streams (\d+)$/m.exec(await (await fetch(`${url}/metrics`)).text())?.[1]);

it('500 clients that drop at random moments leave nothing behind', async () => {
  const { url } = await cluster.process('all');
  const users = await Promise.all([1, 2, 3, 4].map(() => ApiUser.register(url)));
  const random = seeded(1);
  const waves = Array.from({ length: 25 }, () =>
    Array.from({ length: 20 }, (_, i) => ({ token: users[i % 4]!.token, afterMs: random() * 40 })),
  );
  for (const wave of waves) await Promise.all(wave.map(({ token, afterMs }) => dropped(url, token, afterMs)));
  await until('no stream is left', async () => (await streamsOf(url)) === 0);
  const redis = cluster.redis.client();
  await until('no subscription is left', async () => {
    return ((await redis.pubsub('CHANNELS', 'tw:events:*')) as string[]).length === 0;
  });
});

it('leaves nothing behind of streams that wait on a connection behind another call', async () => {
  const { url } = await cluster.process('all');
  const user = await ApiUser.register(url);
  const id = await user.enqueue({ type: 'sleep', payload: { ms: 600_000 }, timeoutMs: 3_600_000 });
  const call = (path: string) =>
    `GET ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${user.token}\r\n\r\n`;
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(call(`/requests/${id}?wait=60`) + call('/events').repeat(3));
  await until('they are open', async () => (await streamsOf(url)) === 3);
  socket.destroy();
  await until('no stream is left', async () => (await streamsOf(url)) === 0);
  await user.does('POST', `/requests/${id}/cancel`);
});

it('500 streams end at a SIGTERM, and the process with them', async () => {
  const { app, url } = await cluster.process('api');
  const users = await Promise.all(Array.from({ length: 10 }, () => ApiUser.register(url)));
  const readers: EventReader[] = [];
  for (let each = 0; each < 50; each++)
    readers.push(...(await Promise.all(users.map((user) => EventReader.open(user)))));
  app.signal('SIGTERM');
  expect(await app.ended).toBe(0);
  await until('all have ended', () => readers.every(({ hasEnded }) => hasEnded));
});
