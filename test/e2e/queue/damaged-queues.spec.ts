/** A part of Redis is lost while the service runs. Every accepted request still runs, once and in turn. */
import { tagOf } from '../../../src/queue/keys';
import { Reconciler } from '../../../src/queue/reconciler.service';
import { RecordingTarget, violations } from '../../support/recording-target';
import { startTestApp, TestApp } from '../../support/test-app';
import { ApiUser } from '../../support/cluster';
import { until } from '../../support/until';

const INDEXES = [0, 1, 2, 3, 4];
const TAG = tagOf(0);

let app: TestApp;
let target: RecordingTarget;

beforeAll(async () => {
  target = await RecordingTarget.start(() => 200);
  app = await startTestApp({ QUEUE_SHARDS: '1', HTTP_ALLOW_TARGETS: '127.0.0.0/8' });
});
afterAll(async () => {
  await target.stop();
  await app.close();
});

const userIdOf = ({ token }: ApiUser): string =>
  (JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { sub: string }).sub;

/** The keys of a user's queue that hold the requests with these IDs. */
const LOSSES: [string, (queue: string, ids: string[]) => string[]][] = [
  ['the set of those who wait', () => [`${TAG}:ready`]],
  ['the list of a queue', (queue) => [`${queue}wait`]],
  ['the settings of a queue', (queue) => [`${queue}control`]],
  ['the next request', (queue, ids) => [queue + ids[0]]],
  ['a request in the middle', (queue, ids) => [queue + ids[2]]],
  [
    'all of a queue',
    (queue, ids) => [`${queue}wait`, `${queue}control`, `${TAG}:ready`, ...ids.map((id) => queue + id)],
  ],
  ['what a shard knows of itself', () => [`${TAG}:shard`]],
];

it.each(LOSSES)('a queue survives a loss of %s (P2, P3, P5)', async (_, keysOf) => {
  const user = await ApiUser.register(app.url);
  const name = user.token.slice(-20);
  const state = async () => (await user.get<{ state: string }>('/queue')).state;
  await user.does('POST', '/queue/pause'); // the shard may still be closed after a loss
  const ids: string[] = [];
  for (const index of INDEXES)
    ids.push(await user.enqueue({ type: 'http', payload: { url: target.url, body: { user: name, index } } }));

  await app.redis.client().del(...keysOf(`${TAG}:${userIdOf(user)}:`, ids));
  // The reconciler does not handle the loss of a shard: the next call that finds it closed has it rebuilt.
  await until('the reconciler has looked', async () => {
    const look = app.app.get(Reconciler).runOnce(-60_000);
    return look.then(
      () => true,
      () => false,
    );
  });
  expect(await state()).toBe('paused');
  await user.does('POST', '/queue/resume');
  await until('all have run', async () => {
    const { items } = await user.get<{ items: unknown[] }>('/requests?status=succeeded');
    return items.length === INDEXES.length;
  });
  const calls = target.of(name);
  expect([calls.map(({ index }) => index), violations(calls)]).toEqual([INDEXES, []]);
});
