/** A changed rate limit applies at once: no request waits for an interval that is no longer set. */
import { ApiUser, AppCluster } from '../support/cluster';
import { ended } from '../support/enqueued';
import { until } from '../support/until';

const DAY_MS = 86_400_000;

let cluster: AppCluster;
let url: string;
let admin: ApiUser;
let user: ApiUser;
let id: string;

beforeAll(async () => {
  cluster = await AppCluster.start();
  ({ url } = await cluster.process('all'));
  admin = await cluster.admin(url);
});
beforeEach(async () => {
  user = await ApiUser.register(url);
  ({ id } = await user.get<{ id: string }>('/auth/me'));
});
afterAll(() => cluster.stop());

const enqueue = (n: number) =>
  Promise.all(Array.from({ length: n }, () => user.enqueue({ type: 'echo', payload: {} })));
const queue = () => user.get<{ state: string; depth: number; nextDueAt?: string }>('/queue');
const limit = (rate: object) => admin.does('PUT', `/admin/users/${id}/limits`, { rate });
const isWaiting = (depth: number) => async () => {
  const { state, depth: now } = await queue();
  return state === 'waiting' && now === depth;
};

it('raising the rate limit starts the requests at once that waited for it', async () => {
  await limit({ limit: 1, perMs: DAY_MS });
  const ids = await enqueue(3);
  await until('one has run', isWaiting(2));
  expect(Date.parse((await queue()).nextDueAt!)).toBeGreaterThan(Date.now() + DAY_MS / 2);
  await limit({ limit: 1000, perMs: 1000 });
  for (const each of ids) await ended(user, each);
});

it('lowering the rate limit delays a waiting request by one new interval, not by several', async () => {
  await limit({ limit: 3, perMs: 60_000 });
  await enqueue(4);
  await until('three have run', isWaiting(1));
  await limit({ limit: 1, perMs: DAY_MS });
  const dueAt = Date.parse((await queue()).nextDueAt!);
  expect(dueAt).toBeGreaterThan(Date.now() + DAY_MS / 2);
  expect(dueAt).toBeLessThanOrEqual(Date.now() + DAY_MS + 60_000);
});
