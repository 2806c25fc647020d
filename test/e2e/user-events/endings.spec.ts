/** How event streams end; nothing of them is left. */
import { request } from 'node:http';
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

it('500 clients that drop at random moments leave nothing behind', async () => {
  const { url } = await cluster.process('all');
  const users = await Promise.all([1, 2, 3, 4].map(() => ApiUser.register(url)));
  const random = seeded(1);
  const waves = Array.from({ length: 25 }, () =>
    Array.from({ length: 20 }, (_, i) => ({ token: users[i % 4]!.token, afterMs: random() * 40 })),
  );
  for (const wave of waves) await Promise.all(wave.map(({ token, afterMs }) => dropped(url, token, afterMs)));
  await until('no stream is left', async () =>
    /^turnwise_event_streams 0$/m.test(await (await fetch(`${url}/metrics`)).text()),
  );
  const redis = cluster.redis.client();
  await until('no subscription is left', async () => {
    return ((await redis.pubsub('CHANNELS', 'tw:events:*')) as string[]).length === 0;
  });
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
