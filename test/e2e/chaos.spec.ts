/**
 * The promises under fire: real processes and real stores, hurt in every way that a seed draws, while honest clients
 * enqueue, cancel and pause. Judged by what the clients and the target saw alone (test/chaos/history.ts).
 *
 * CHAOS_MINUTES and CHAOS_SEED choose a longer run, or another one: `npm run chaos`.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { ChaosClient } from '../chaos/client';
import { Faults } from '../chaos/faults';
import { judge } from '../chaos/history';
import { ChaosStores } from '../chaos/stores';
import { ApiUser, AppCluster } from '../support/cluster';
import { RecordingTarget } from '../support/recording-target';
import { seeded } from '../support/seeded';
import { until } from '../support/until';

const MINUTES = Number(process.env.CHAOS_MINUTES ?? 0.6);
const SEED = Number(process.env.CHAOS_SEED ?? 1);
const USERS = Array.from({ length: 20 }, (_, i) => `user-${i}`);

jest.setTimeout((MINUTES * 1.5 + 3) * 60_000);

let stores: ChaosStores;
let cluster: AppCluster;
let target: RecordingTarget;
let isOver = false;

afterEach(async () => {
  isOver = true;
  await target.stop();
  await cluster.stop();
  await stores.stop();
});

/** A new user's API key: an access token would end before a long run does. */
async function clientAt(url: string): Promise<ApiUser> {
  const user = await ApiUser.register(url);
  const scopes = ['enqueue', 'read', 'manage'];
  const answer = await user.call('POST', '/auth/api-keys', { name: 'chaos', scopes });
  return ApiUser.withKey(url, ((await answer.json()) as { key: string }).key);
}

it(`keeps them for ${MINUTES} minutes of seed ${SEED}`, async () => {
  const random = seeded(SEED);
  stores = await ChaosStores.start();
  cluster = await AppCluster.start({}, stores.mongodbUri);
  target = await RecordingTarget.start((index, n) => (index % 7 === 3 && n === 1 ? 503 : 200));
  const faults = new Faults(cluster, stores, random);
  for (const role of ['api', 'api', 'worker', 'worker', 'worker'] as const) await faults.start(role);
  const apis = await Promise.all(USERS.map(() => clientAt(faults.apis[0]!)));
  const clients = USERS.map((user, i) => {
    const drawn = seeded(SEED * 1000 + i);
    apis[i]!.url = () => faults.apis[Math.floor(drawn() * faults.apis.length)]!;
    return new ChaosClient(apis[i]!, { user, target: target.url, random: drawn, isOver: () => isOver });
  });
  const running = Promise.all(clients.map((client) => client.run()));

  const end = performance.now() + MINUTES * 60_000;
  while (performance.now() < end) {
    await delay(random() * 2000);
    await faults.next();
  }
  isOver = true;
  await running;

  const pending = '/requests?status=queued&status=active&status=retrying&status=scheduled&limit=1';
  for (const api of apis)
    await until('nothing is left', async () => {
      const answer = await api.call('GET', pending).catch(() => undefined);
      return answer?.status === 200 && ((await answer.json()) as { items: unknown[] }).items.length === 0;
    });

  const histories = await Promise.all(clients.map((client, i) => client.history(target.of(USERS[i]!))));
  const sent = histories.flatMap(({ requests }) => requests);
  const summary = {
    ...{ seed: SEED, minutes: MINUTES },
    accepted: sent.filter(({ answer }) => answer === 'accepted').length,
    refused: sent.filter(({ answer }) => answer === 'refused').length,
    cancelled: sent.filter(({ status }) => status === 'cancelled').length,
    pauses: histories.reduce((sum, { pauses }) => sum + pauses.length, 0),
    delivered: target.calls.length,
    refusedByToken: target.fenced,
    faults: faults.done,
  };
  console.log(JSON.stringify(summary));
  for (const [i, history] of histories.entries()) expect([USERS[i], judge(history)]).toEqual([USERS[i], []]);
});
