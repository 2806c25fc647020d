/**
 * The promises under fire: real processes and a real Redis, hurt in every way that a seed draws, while honest clients
 * enqueue. Judged by what the clients and the target saw alone.
 *
 * CHAOS_MINUTES and CHAOS_SEED choose a longer run, or another one: `npm run chaos`.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { ApiUser, AppCluster } from '../support/cluster';
import { Faults, seeded } from '../support/faults';
import { RecordingTarget, violations } from '../support/recording-target';
import { until } from '../support/until';

const MINUTES = Number(process.env.CHAOS_MINUTES ?? 0.5);
const SEED = Number(process.env.CHAOS_SEED ?? 1);
const USERS = Array.from({ length: 20 }, (_, i) => `user-${i}`);

jest.setTimeout((MINUTES + 3) * 60_000);

let cluster: AppCluster;
let target: RecordingTarget;
let isOver = false;

afterEach(async () => {
  isOver = true;
  await target.stop();
  await cluster.stop();
});

/** What a client was promised: the ids that were answered with 202, in the order of their enqueueing. */
async function enqueueUntilOver(api: ApiUser, user: string, faults: Faults, random: () => number) {
  const ids: string[] = [];
  while (!isOver) {
    const body = { user, index: ids.length };
    const payload = { url: target.url, body };
    api.url = () => faults.apis[Math.floor(random() * faults.apis.length)]!;
    ids.push(await api.enqueue({ type: 'http', payload, backoff: { type: 'fixed', delayMs: 50 } }));
    await delay(random() * 150);
  }
  return ids;
}

it(`keeps them for ${MINUTES} minutes of seed ${SEED}`, async () => {
  const random = seeded(SEED);
  cluster = await AppCluster.start();
  target = await RecordingTarget.start((index, n) => (index % 7 === 3 && n === 1 ? 503 : 200));
  const faults = new Faults(cluster, random);
  for (const role of ['api', 'api', 'worker', 'worker', 'worker'] as const) await faults.start(role);
  const apis = await Promise.all(USERS.map(() => ApiUser.register(faults.apis[0]!)));
  const promised = Promise.all(
    USERS.map((user, i) => enqueueUntilOver(apis[i]!, user, faults, seeded(SEED * 1000 + i))),
  );

  const end = performance.now() + MINUTES * 60_000;
  while (performance.now() < end) {
    await delay(random() * 2000);
    await faults.next();
  }
  isOver = true;
  const ids = await promised;

  const pendingOf = async (api: ApiUser) =>
    (await api.get<{ items: unknown[] }>('/requests?status=queued&status=active&status=retrying&limit=1'))
      .items.length;
  for (const api of apis) await until('nothing is left', async () => (await pendingOf(api)) === 0);

  const count = ids.reduce((sum, { length }) => sum + length, 0);
  console.log(
    `seed ${SEED}: ${count} promised, ${target.calls.length} delivered, ${target.fenced} late ones refused`,
  );
  console.log(faults.done);
  for (const [i, user] of USERS.entries()) {
    expect([user, violations(target.of(user))]).toEqual([user, []]);
    expect(new Set(target.of(user).map(({ index }) => index)).size).toBeGreaterThanOrEqual(ids[i]!.length);
    for (const id of ids[i]!) {
      const { status } = await apis[i]!.get<{ status: string }>(`/requests/${id}`);
      expect(['succeeded', 'failed']).toContain(status);
    }
  }
});
