import { ApiUser, AppCluster, UNHURRIED } from '../../support/cluster';
import { scrape } from '../../support/metrics';
import { httpTarget, StubTarget } from '../../support/stub-target';
import { until } from '../../support/until';

let cluster: AppCluster;
let target: StubTarget;
beforeAll(async () => {
  cluster = await AppCluster.start(UNHURRIED);
  target = await httpTarget((_call, response) => response.writeHead(500).end());
});
afterAll(async () => {
  await cluster.stop();
  await target.close();
});

it('the gauges show how many requests are pending, and since when the head of a queue has been retried', async () => {
  const { url } = await cluster.process('all');
  const user = await ApiUser.register(url);
  const [pending, retrying] = ['turnwise_pending_requests', 'turnwise_oldest_retrying_seconds'];
  expect(await scrape(url).then((value) => [value(pending), value(retrying)])).toEqual([0, 0]);
  const head = await user.enqueue({
    type: 'http',
    payload: { url: target.url },
    backoff: { type: 'fixed', delayMs: 3_600_000 },
  });
  await user.enqueue({ type: 'echo', payload: null });
  await until('the head is retried', async () => (await scrape(url))(retrying) > 0);
  expect((await scrape(url))(pending)).toBe(2);
  expect((await scrape(url))('turnwise_attempt_failures_total{type="http",code="http_500"}')).toBe(1);
  for (const store of ['MongoDB', 'Redis'])
    expect((await scrape(url))(`turnwise_store_response_seconds{store="${store}"}`)).toBeGreaterThan(0);
  await user.call('POST', `/requests/${head}/cancel`);
  await until('both have ended', async () => (await scrape(url))(pending) === 0);
  expect((await scrape(url))(retrying)).toBe(0);
});
