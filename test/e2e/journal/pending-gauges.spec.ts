import { ApiUser, AppCluster } from '../../support/cluster';
import { scrape } from '../../support/metrics';
import { httpTarget, StubTarget } from '../../support/stub-target';
import { until } from '../../support/until';

/** A count that took long is used for up to 100 s. */
jest.setTimeout(300_000);

let cluster: AppCluster;
let target: StubTarget;
beforeAll(async () => {
  cluster = await AppCluster.start();
  target = await httpTarget((_call, response) => response.writeHead(500).end());
});
afterAll(async () => {
  await cluster.stop();
  await target.close();
});

it('the gauges show the pending requests and callbacks, the memory of Redis and the clocks, and since when the head of a queue has been retried', async () => {
  const { url } = await cluster.process('all');
  const user = await ApiUser.register(url);
  /** A scrape omits what it cannot read in time. */
  const shows = (series: string, isExpected: (value: number) => boolean) =>
    until(`${series} is as expected`, async () => isExpected((await scrape(url))(series)));
  const [pending, retrying] = ['turnwise_pending_requests', 'turnwise_oldest_retrying_seconds'];
  const callbacks = 'turnwise_pending_callbacks';
  const head = await user.enqueue({
    type: 'http',
    payload: { url: target.url },
    backoff: { type: 'fixed', delayMs: 3_600_000 },
  });
  await user.enqueue({ type: 'echo', payload: null, callbackUrl: target.url });
  await shows(retrying, (seconds) => seconds > 0);
  await shows(pending, (count) => count === 2);
  await shows(callbacks, (count) => count === 0);
  await shows('turnwise_attempt_failures_total{type="http",code="http_500"}', (count) => count === 1);
  for (const store of ['MongoDB', 'Redis'])
    await shows(`turnwise_store_response_seconds{store="${store}"}`, (seconds) => seconds > 0);
  await shows('turnwise_redis_memory_bytes{kind="used"}', (bytes) => bytes > 0);
  await shows('turnwise_clock_skew_seconds', (seconds) => Math.abs(seconds) < 60);
  await user.does('POST', `/requests/${head}/cancel`);
  await shows(pending, (count) => count === 0);
  await shows(retrying, (seconds) => seconds === 0);
  await shows(callbacks, (count) => count === 1);
});
