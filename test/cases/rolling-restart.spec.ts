/** API processes are replaced one by one behind a balancer that follows `/health/ready`. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import { Balancer } from '../support/balancer';
import { ApiUser, AppCluster } from '../support/cluster';
import { until } from '../support/until';

jest.setTimeout(300_000); // four starts of a process, one after the other

/** ms: far longer than two health checks of the balancer take, also on a busy machine. */
const DRAIN_MS = 20_000;
const BETWEEN_CALLS_MS = 50;

let cluster: AppCluster;
let balancer: Balancer;
beforeEach(async () => {
  cluster = await AppCluster.start({ DRAIN_MS: String(DRAIN_MS) });
  balancer = new Balancer();
});
afterEach(async () => {
  await balancer.stop();
  await cluster.stop();
});

it('no client notices a rolling restart', async () => {
  const old = [await cluster.process('api'), await cluster.process('api')];
  for (const { url } of old) balancer.add(url);
  await until('both are in', () => balancer.isIn(old[0]!.url) && balancer.isIn(old[1]!.url));
  const user = await ApiUser.register(old[0]!.url);

  const calls: Promise<string>[] = [];
  let isOver = false;
  const enqueue = async () => {
    const key = { 'idempotency-key': randomUUID() };
    const url = await balancer.next();
    let status = 503;
    // A store that stalls costs one 503. A process that no longer serves answers both calls with it.
    for (let tries = 0; tries < 2 && status === 503; tries++) {
      user.url = url;
      const answer = await user.call('POST', '/enqueue', { type: 'echo', payload: 1 }, key);
      await answer.text();
      ({ status } = answer);
    }
    return String(status);
  };
  const steady = (async () => {
    while (!isOver) {
      calls.push(enqueue().catch((error: Error) => inspect(error.cause)));
      await delay(BETWEEN_CALLS_MS);
    }
  })();
  for (const { app } of old) {
    app.signal('SIGTERM');
    expect(await app.ended).toBe(0);
    const { url } = await cluster.process('api');
    balancer.add(url);
    await until('the new one is in', () => balancer.isIn(url));
  }
  isOver = true;
  await steady;
  const answers = await Promise.all(calls);
  expect(answers.filter((answer) => answer !== '202')).toEqual([]);
  expect(answers.length).toBeGreaterThan(50);
});
