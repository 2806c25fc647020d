/** Traces across processes (docs/traces.md), as an OTLP receiver gets them. */
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { ApiUser, AppCluster } from '../support/cluster';
import { externalWorker } from '../support/external-worker';
import { OtlpReceiver, ReceivedSpan } from '../support/otlp-receiver';
import { httpTarget, StubTarget } from '../support/stub-target';
import { until } from '../support/until';

const PROGRAM = join(__dirname, '../support/programs/loaded.js');
/** The caller's own span. */
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';
const headers = { traceparent: `00-${TRACE}-${CALLER}-01` };
const AT_ONCE = { type: 'fixed', delayMs: 0 };

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function receiver(): Promise<OtlpReceiver> {
  const started = await OtlpReceiver.start();
  ends.push(() => started.close());
  return started;
}

async function cluster(endpoint: string): Promise<AppCluster> {
  const started = await AppCluster.start({
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_BSP_SCHEDULE_DELAY: '20',
  });
  ends.push(() => started.stop());
  return started;
}

/** Fails the first call, then answers. */
async function target(): Promise<StubTarget> {
  const started = await httpTarget((_call, response) =>
    response.writeHead(started.calls.length === 1 ? 500 : 200).end(),
  );
  ends.push(() => started.close());
  return started;
}

const accepted = (spans: readonly ReceivedSpan[]) =>
  spans.filter(({ kind, attributes }) => kind === 2 && attributes['http.response.status_code'] === 202);
const attemptsOf = (spans: readonly ReceivedSpan[]) => spans.filter(({ kind }) => kind === 5);

it('a request is one trace, from its caller to its delivery', async () => {
  const otlp = await receiver();
  const started = await cluster(otlp.url);
  const { app, url } = await started.process('api');
  const worker = await started.process('worker', undefined, { LOG_LEVEL: 'debug' });
  const { url: to, calls } = await target();
  const caller = await ApiUser.register(url);
  const request = { type: 'http', payload: { url: to }, maxAttempts: 2, backoff: AT_ONCE, callbackUrl: to };
  const requestId = await caller.enqueue(request, headers);
  await until('its spans have come', () => accepted(otlp.spans).length + attemptsOf(otlp.spans).length === 3);
  const call = accepted(otlp.spans)[0]!;
  expect(call).toMatchObject({
    ...{ name: 'POST /enqueue', traceId: TRACE, parentSpanId: CALLER, role: 'api' },
    attributes: { 'http.response.status_code': 202 },
    events: [['request.accepted', requestId]],
  });
  const of = { traceId: TRACE, parentSpanId: call.spanId, role: 'worker', name: 'attempt http' };
  const attributes = { 'turnwise.request.id': requestId, 'turnwise.attempt': 1 };
  const [first, second] = attemptsOf(otlp.spans);
  expect(first).toMatchObject({ ...of, attributes: { ...attributes, 'error.type': 'http_500' } });
  expect(second).toMatchObject({
    ...of,
    attributes: { 'turnwise.attempt': 2, 'turnwise.outcome': 'succeeded' },
  });
  expect(first!.spanId).not.toBe(second!.spanId);
  expect(first!.endedAt).toBeGreaterThanOrEqual(first!.startedAt);
  await until('the callback is sent', () => calls.length === 3);
  expect(calls.map((each) => each.headers['traceparent'])).toEqual(
    [first!, second!, call].map(({ spanId }) => `00-${TRACE}-${spanId}-01`),
  );
  const lines = () => [
    ...app.lines('call.ended').filter(({ statusCode }) => statusCode === 202),
    ...worker.app.lines('attempt.failed'),
    ...worker.app.lines('attempt.succeeded'),
  ];
  await until('the lines are there', () => lines().length === 3);
  expect(lines().map(({ traceId }) => traceId)).toEqual([TRACE, TRACE, TRACE]);
});

it('an external worker gets a trace context that stays valid whichever process records the end', async () => {
  const otlp = await receiver();
  const started = await cluster(otlp.url);
  const { url } = await started.process('api');
  const other = await started.process('api');
  const { worker } = await externalWorker(started, url);
  const caller = await ApiUser.register(url);
  await caller.does('POST', '/enqueue/batch', { requests: [{ type: 'job', payload: 1 }] }, headers);
  const [claimed] = await worker.claim({ leaseMs: 15_000, waitMs: 30_000 });
  const { traceparent } = claimed as unknown as { traceparent: string };
  expect((await worker.at(other.url).complete(claimed!)).status).toBe(200);
  await until('its span has come', () => attemptsOf(otlp.spans).length === 1);
  const [attempt] = attemptsOf(otlp.spans);
  expect(attempt).toMatchObject({ name: 'attempt job', traceId: TRACE });
  expect(traceparent).toBe(`00-${TRACE}-${attempt!.spanId}-01`);
});

it('a request that waits while Redis is lost keeps its trace', async () => {
  const otlp = await receiver();
  const started = await cluster(otlp.url);
  const { url } = await started.process('api');
  const caller = await ApiUser.register(url);
  await caller.enqueue({ type: 'echo', payload: 1 }, headers);
  await started.redis.kill();
  await started.redis.restart();
  await started.process('worker');
  await until('its spans have come', () => attemptsOf(otlp.spans).length === 1);
  expect(attemptsOf(otlp.spans)).toMatchObject([{ name: 'attempt echo', traceId: TRACE }]);
});

it('a request whose caller does not sample its trace sends no span', async () => {
  const otlp = await receiver();
  const started = await cluster(otlp.url);
  const { url } = await started.process('all');
  const { url: to, calls } = await target();
  const caller = await ApiUser.register(url);
  const request = { type: 'http', payload: { url: to }, maxAttempts: 2, backoff: AT_ONCE };
  await caller.enqueue(request, { traceparent: `00-${TRACE}-${CALLER}-00` });
  await caller.enqueue({ type: 'echo', payload: 1 });
  await until('the second one has come', () => attemptsOf(otlp.spans).length === 1);
  expect(otlp.spans.map(({ traceId }) => traceId)).not.toContain(TRACE);
  expect(calls[0]!.headers['traceparent']).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-00$`));
});

it('requests run while the receiver is away, and the log says so', async () => {
  const otlp = await OtlpReceiver.start();
  await otlp.close();
  const started = await cluster(otlp.url);
  const { app, url } = await started.process('all');
  const caller = await ApiUser.register(url);
  const id = await caller.enqueue({ type: 'echo', payload: 1 });
  expect(await caller.get(`/requests/${id}?wait=30`)).toMatchObject({ status: 'succeeded' });
  const said = () => app.lines('step.failed').find(({ step }) => step === 'send traces');
  await until('the failed export is logged', () => said() !== undefined);
  expect(said()).toMatchObject({ level: 40 });
  app.signal('SIGTERM');
  expect(await app.ended).toBe(0);
});

it('without a receiver, no exporter is loaded and nothing is kept', async () => {
  const on = await cluster((await receiver()).url);
  const off = await cluster('');
  const loaded: string[] = [];
  for (const started of [on, off]) {
    const { app, url } = await started.process('all', PROGRAM);
    const caller = await ApiUser.register(url);
    const id = await caller.enqueue({ type: 'echo', payload: 1 }, headers);
    await caller.get(`/requests/${id}?wait=30`);
    app.signal('SIGTERM');
    await app.ended;
    loaded.push(/loaded: (.*)\./.exec(app.stderr)![1]!);
  }
  expect(loaded[0]).toContain('sdk-trace');
  expect(loaded[1]).toBe('api'); // of prom-client
  const client = await MongoClient.connect(off.mongodbUri);
  ends.push(() => client.close());
  const kept = await client.db().collection('requests').find().toArray();
  expect(kept.map(({ options }) => Object.keys(options as object))).toEqual([
    ['attempts', 'backoff', 'timeout'],
  ]);
});
