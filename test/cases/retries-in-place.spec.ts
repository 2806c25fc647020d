/** What the API shows of a queue while its head waits for a retry. */
import { ApiUser, AppCluster } from '../support/cluster';
import { ended, requestOf } from '../support/enqueued';
import { RecordingTarget } from '../support/recording-target';
import { until } from '../support/until';

/** ms: longer than the look takes; then the user ends it. */
const BACKOFF_MS = 60_000;

let cluster: AppCluster;
let target: RecordingTarget;

beforeAll(async () => {
  cluster = await AppCluster.start();
  target = await RecordingTarget.start((index, n) => (index === 1 && n <= 2 ? 503 : 200));
});
afterAll(async () => {
  await target.stop();
  await cluster.stop();
});

it('the API shows the head as retrying and the next request as queued, and no other user waits', async () => {
  const { url } = await cluster.process('all');
  const [user, other] = [await ApiUser.register(url), await ApiUser.register(url)];
  const deliver = (index: number) =>
    user.enqueue({
      type: 'http',
      payload: { url: target.url, body: { user: 'u1', index } },
      backoff: { type: 'fixed', delayMs: BACKOFF_MS },
    });
  const [first, second, third] = [await deliver(1), await deliver(2), await deliver(3)];
  const untilRetrying = (failures: number) =>
    until(`it waits after failure ${failures}`, async () => {
      const { status, attempts } = await requestOf(user, first);
      return status === 'retrying' && attempts.length === failures;
    });
  await untilRetrying(1);

  const { nextAttemptAt = '', attempts } = await requestOf(user, first);
  expect(Date.parse(nextAttemptAt) - Date.parse(attempts.at(-1)?.finishedAt ?? '')).toBe(BACKOFF_MS);
  expect(await requestOf(user, second)).toMatchObject({ status: 'queued', position: 1, attempts: [] });
  expect(await user.get('/queue')).toMatchObject({ state: 'waiting', nextDueAt: nextAttemptAt, depth: 3 });
  const echo = await ended(other, await other.enqueue({ type: 'echo', payload: 1 }));
  expect(echo.status).toBe('succeeded');

  for (const failures of [1, 2]) {
    await untilRetrying(failures);
    expect((await user.call('POST', `/requests/${first}/retry`)).status).toBe(200);
  }
  for (const id of [first, second, third]) expect((await ended(user, id)).status).toBe('succeeded');
  expect(target.of('u1').map(({ index }) => index)).toEqual([1, 1, 1, 2, 3]);
  expect(await user.get('/queue/audit')).toMatchObject({ clean: true, checked: 3 });
});
