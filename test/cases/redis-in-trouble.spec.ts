/** What clients are answered while Redis is away, full or read-only; afterwards everything continues without help. */
import type { Redis } from 'ioredis';
import { choosePort } from '../../scripts/lib/ports';
import { ApiUser, AppCluster } from '../support/cluster';
import { ended } from '../support/enqueued';

let cluster: AppCluster;
let user: ApiUser;
let redis: Redis;

beforeAll(async () => {
  cluster = await AppCluster.start();
  const { url } = await cluster.process('all');
  user = await ApiUser.register(url);
  redis = cluster.redis.client();
});
afterAll(() => cluster.stop());

/** The parts that `/health/ready` reports as down. */
async function downParts(): Promise<string[]> {
  const { error } = (await (await user.call('GET', '/health/ready')).json()) as { error: object };
  return Object.keys(error);
}

const echo = { type: 'echo', payload: 1 };

it.each([
  ['is away', () => cluster.redis.kill(), () => cluster.redis.restart()],
  ['is frozen', () => cluster.redis.freeze(), () => cluster.redis.thaw()],
  ['is full', () => redis.config('SET', 'maxmemory', '1'), () => redis.config('SET', 'maxmemory', '0')],
  [
    'is a replica without a primary',
    async () => redis.replicaof('127.0.0.1', await choosePort()),
    () => redis.replicaof('NO', 'ONE'),
  ],
] as [string, () => unknown, () => unknown][])(
  'the API answers 503 while Redis %s, is live but not ready, and recovers afterwards',
  async (_name, hurt, heal) => {
    const before = await user.enqueue({ type: 'sleep', payload: { ms: 500 } });
    await hurt();
    try {
      const answer = await user.call('POST', '/enqueue', echo);
      expect(answer.status).toBe(503);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await downParts()).toContain('redis');
      expect((await user.call('GET', '/health/live')).status).toBe(200);
    } finally {
      await heal();
    }
    const after = await user.enqueue(echo);
    for (const id of [before, after]) expect((await ended(user, id)).status).toBe('succeeded');
    expect(await user.get('/queue/audit')).toMatchObject({ clean: true });
  },
);
