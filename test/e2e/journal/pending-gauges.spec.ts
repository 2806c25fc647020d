import { ApiUser, AppCluster } from '../../support/cluster';
import { scrape } from '../../support/metrics';
import { httpTarget, StubTarget } from '../../support/stub-target';
import { until } from '../../support/until';

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
  const [pending, retrying] = ['turnwise_pending_requests', 'turnwise_oldest_retrying_seconds'];
  const callbacks = 'turnwise_pending_callbacks';
  expect(await scrape(url).then((value) => [value(pending), value(retrying)])).toEqual([0, 0]);
  const head = await user.enqueue({
    type: 'http',
    payload: { url: target.url },
    backoff: { type: 'fixed', delayMs: 3_600_000 },
  });
  await user.enqueue({ type: 'echo', payload: null, callbackUrl: target.url });
  await until('the head is retried', async () => (await scrape(url))(retrying) > 0);
  expect((await scrape(url))(pending)).toBe(2);
  expect((await scrape(url))(callbacks)).toBe(0);
  expect((await scrape(url))('turnwise_attempt_failures_total{type="http",code="http_500"}')).toBe(1);
  for (const store of ['MongoDB', 'Redis'])
    expect((await scrape(url))(`turnwise_store_response_seconds{store="${store}"}`)).toBeGreaterThan(0);
  expect((await scrape(url))('turnwise_redis_memory_bytes{kind="used"}')).toBeGreaterThan(0);
  expect(Math.abs((await scrape(url))('turnwise_clock_skew_seconds'))).toBeLessThan(60);
  await user.call('POST', `/requests/${head}/cancel`);
  await until('both have ended', async () => (await scrape(url))(pending) === 0);
  expect((await scrape(url))(retrying)).toBe(0);
  expect((await scrape(url))(callbacks)).toBe(1);
});
