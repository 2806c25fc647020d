/**
 * The attacks of `npm run test:abuse` in a short form, judged by answers and their order, not by the clock. While a stranger
 * or one account does everything it can, each call of another user is answered between the attacker's calls.
 */
import { randomUUID } from 'node:crypto';
import { CROWDS, Target, WATCHES } from '../../bench/abuse/crowds';
import { type Own, PROBES } from '../../bench/abuse/probes';
import { fill, Siege, type Tally } from '../../bench/abuse/siege';
import { ApiUser, AppCluster } from '../support/cluster';
import { scrape } from '../support/metrics';
import { until } from '../support/until';

/** Calls of the other user during each attack. */
const CALLS = 10;
const CUT = 'turnwise_connections_cut_total{reason="unread"}';
/** The number of attacking accounts; the worker has half as many slots. */
const CROWD = 8;

let cluster: AppCluster;
let url: string;
let other: ApiUser;
beforeAll(async () => {
  // A stranger must reach their limit on a busy machine too.
  const bounds = {
    HTTP_STRANGER_RATE_LIMIT: '50',
    HTTP_UNREAD_MB: '16',
    QUEUE_MAX_MB: '4',
    WORKER_CONCURRENCY: `${CROWD / 2}`,
  };
  cluster = await AppCluster.start(bounds);
  ({ url } = await cluster.process('api'));
  other = await ApiUser.register(url);
});
afterAll(() => cluster.stop());

const sum = ({ answers }: Tally) => Object.values(answers).reduce((all, some) => all + some, 0);

/** The status of a call of the other user. It repeats a 503 once: one stall of a store costs one. */
async function served(method: string, path: string, body?: object): Promise<number> {
  const key = { 'idempotency-key': randomUUID() };
  const { status } = await other.call(method, path, body, key);
  return status === 503 ? (await other.call(method, path, body, key)).status : status;
}

const median = (all: readonly number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)];

describe('while one process is attacked by', () => {
  let siege: Siege;
  let own: Own;
  beforeAll(async () => {
    siege = new Siege();
    const attacker = await ApiUser.register(url);
    await other.enqueue({ type: 'echo', payload: 1, delayMs: 86_400_000 });
    own = await fill(url, attacker.token);
  });
  afterAll(() => siege.close());

  it.each(PROBES)('$name, another user is served', async (probe) => {
    const { seen, tally } = await siege.during(probe, url, own, async () => {
      await until('the attack is under way', async () => {
        // An attacker that never reads does not even see that its connection is closed.
        if (probe.reads === false) return (await scrape(url))(CUT) > 0;
        return sum(await siege.tally()) >= probe.connections;
      });
      const statuses: number[] = [];
      const between: number[] = [];
      for (let i = 0; i < CALLS; i += 1) {
        statuses.push(await served('POST', '/enqueue', { type: 'echo', payload: i }));
        const since = sum(await siege.tally());
        statuses.push(await served('GET', '/queue'));
        between.push(sum(await siege.tally()) - since);
      }
      return { statuses, between };
    });
    expect(seen.statuses).toEqual(Array.from({ length: CALLS }, () => [202, 200]).flat());
    const known = [...probe.answers, '503'];
    expect(Object.keys(tally.answers).filter((status) => !known.includes(status))).toEqual([]);
    if (probe.refusal !== undefined) expect(tally.answers[probe.refusal]).toBeGreaterThan(0);
    if (probe.between !== undefined) expect(median(seen.between)).toBeLessThanOrEqual(probe.between);
  });
});

describe('while a worker is held by', () => {
  let target: Target;
  let crowd: ApiUser[];
  beforeAll(async () => {
    await other.does('POST', '/requests/cancel', { filter: {} });
    target = await Target.start();
    await cluster.process('worker', undefined, { SLEEP_TYPE: 'on' });
    crowd = await Promise.all(Array.from({ length: CROWD }, () => ApiUser.register(url)));
  });
  afterAll(() => target.close());
  afterEach(async () => {
    for (const each of crowd) await each.does('POST', '/requests/cancel', { filter: {} });
  });

  const isRunning = async (user: ApiUser) => 'running' in (await user.get<object>('/queue'));

  // webhooks/callback-turns.spec.ts tests silent callbacks.
  it.each(CROWDS.filter(({ watched }) => watched === 'end'))(
    "$name, another user's requests end",
    async ({ name, begin }) => {
      const answers = await begin({ url, tokens: crowd.map(({ token }) => token), target });
      if (name.startsWith('an account')) expect(answers).toMatch(/^\d+ x 202, then 429$/);
      else {
        expect(answers).toBe(`${CROWD} x 202`);
        await until('they hold what they may', async () => {
          const running = await Promise.all(crowd.map(isRunning));
          return running.filter(Boolean).length >= 2;
        });
      }
      for (let i = 0; i < 3; i += 1) expect(await WATCHES.end(url, other.token)).toBe(true);
    },
  );
});
