import { Controller, Get, Global, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ClusterGauges } from '../../../src/events/cluster-gauges';
import { EventBus } from '../../../src/events/event-bus';
import { PendingGauges } from '../../../src/events/pending-gauges';
import { Readiness } from '../../../src/events/readiness';
import { MetricsModule } from '../../../src/metrics/metrics.module';
import { startProbeServer } from '../../support/probe-server';
import { until } from '../../support/until';

@Controller()
class ThingsController {
  @Get('things/:id')
  one() {
    return {};
  }

  @Get('endless')
  endless() {
    return new Promise(() => undefined);
  }
}

class Gauges extends ClusterGauges {
  fails = false;
  async read() {
    if (this.fails) throw new Error('away');
    const usersByState = { busy: 3, due: 2, timed: 4, stopped: 1 };
    return { pendingUsers: 7, leasedUsers: 3, usersByState, oldestDueSeconds: 1.5 };
  }
  async openShards() {
    return { isBlind: false, open: 4, writable: 4, of: 4 };
  }
}

class Pending extends PendingGauges {
  fails = false;
  isSlowToCountCallbacks = false;
  async pendingRequests() {
    if (this.fails) throw new Error('away');
    return 40;
  }
  async oldestRetryingSeconds() {
    if (this.fails) throw new Error('away');
    return 90;
  }
  async pendingCallbacks() {
    if (this.fails) throw new Error('away');
    return this.isSlowToCountCallbacks ? new Promise<number>(() => undefined) : 5;
  }
}

class Ready extends Readiness {
  is = true;
  storeSeconds() {
    return new Map(this.is ? [['Redis', 0.25] as const] : []);
  }
  redisMemory() {
    return this.is ? { used: 300, max: 1000 } : undefined;
  }
  clockSkewSeconds() {
    return this.is ? -2.5 : undefined;
  }
  async isReady() {
    return this.is;
  }
}

@Global()
@Module({
  providers: [
    { provide: ClusterGauges, useClass: Gauges },
    { provide: PendingGauges, useClass: Pending },
    { provide: Readiness, useClass: Ready },
  ],
  exports: [ClusterGauges, PendingGauges, Readiness],
})
class GaugesModule {}

const parts = { imports: [MetricsModule, GaugesModule], controllers: [ThingsController] };

let app: NestFastifyApplication;
let url: string;
beforeEach(async () => ({ app, url } = await startProbeServer(parts)));
afterEach(() => app.close());

/** The value of one series; `undefined` if it does not exist. */
async function value(series: string): Promise<number | undefined> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

const attempt = { userId: 'u1', requestId: 'r1', type: 'echo', attempt: 1 };
const ended = { ...attempt, outcome: 'failed', durationMs: 300, errorCode: 'http_500' } as const;

it('the counters count events, without names of users and requests', async () => {
  const events = app.get(EventBus);
  events.emit('request.accepted', { userId: 'u1', requestId: 'r1', type: 'echo' });
  events.emit('request.refused', { code: 'queue_full' });
  events.emit('attempt.started', { ...attempt, waitedMs: 20 });
  expect(await value('turnwise_running_attempts{type="echo"}')).toBe(1);
  expect(await value('turnwise_attempts_ended_total{type="echo",outcome="lost"}')).toBe(0);
  events.emit('attempt.ended', ended);
  events.emit('request.ended', { userId: 'u1', requestId: 'r1', type: 'echo', status: 'failed' });
  events.emit('callback.attempted', { userId: 'u1', requestId: 'r1', outcome: 'retried' });
  expect(await value('turnwise_connections_cut_total{reason="stalled"}')).toBe(0);
  events.emit('connection.cut', { reason: 'unread' });
  expect(await value('turnwise_turns_put_off_total{reason="long"}')).toBe(0);
  events.emit('turn.put_off', { reason: 'target' });
  events.emit('streams.counted', { open: 6 });
  events.emit('attempt.taken_back', {
    userId: 'u1',
    requestId: 'r1',
    type: 'echo',
    worker: 'w1',
    code: 'unknown',
  });
  events.emit('suspect.died', { userId: 'u1', requestId: 'r1', type: 'echo' });
  events.emit('shard.recovered', { shard: 3, epoch: 9, requests: 4, durationMs: 5 });
  expect(await value('turnwise_maintenance_runs_total{name="retention",outcome="failed"}')).toBe(0);
  events.emit('maintenance.ended', { name: 'retention', outcome: 'failed' });
  expect(await value('turnwise_mended_total{kind="line"}')).toBe(0);
  events.emit('queue.mended', { userId: 'u1', kinds: ['job', 'line'] });

  expect(await value('turnwise_connections_cut_total{reason="unread"}')).toBe(1);
  expect(await value('turnwise_turns_put_off_total{reason="target"}')).toBe(1);
  expect(await value('turnwise_requests_accepted_total')).toBe(1);
  expect(await value('turnwise_requests_refused_total{code="queue_full"}')).toBe(1);
  expect(await value('turnwise_attempts_started_total{type="echo"}')).toBe(1);
  expect(await value('turnwise_attempts_ended_total{type="echo",outcome="failed"}')).toBe(1);
  expect(await value('turnwise_attempt_failures_total{type="echo",code="http_500"}')).toBe(1);
  expect(await value('turnwise_requests_ended_total{type="echo",status="failed"}')).toBe(1);
  expect(await value('turnwise_attempt_duration_seconds_sum{type="echo"}')).toBe(0.3);
  expect(await value('turnwise_start_lag_seconds_sum')).toBe(0.02);
  expect(await value('turnwise_callback_attempts_total{outcome="retried"}')).toBe(1);
  expect(await value('turnwise_event_streams')).toBe(6);
  expect(await value('turnwise_leases_lost_total')).toBe(1);
  expect(await value('turnwise_lost_attempts_total{type="echo",code="unknown"}')).toBe(1);
  expect(await value('turnwise_lost_attempts_total{type="echo",code="process_ended"}')).toBe(1);
  expect(await value('turnwise_shard_recoveries_total')).toBe(1);
  expect(await value('turnwise_maintenance_runs_total{name="retention",outcome="failed"}')).toBe(1);
  expect(await value('turnwise_mended_total{kind="line"}')).toBe(1);
  expect(await value('turnwise_running_attempts{type="echo"}')).toBe(0);
});

it('the counter of failures has at most twenty codes for each type, and counts the rest as other', async () => {
  for (let i = 0; i < 30; i++) app.get(EventBus).emit('attempt.ended', { ...ended, errorCode: `code_${i}` });
  app.get(EventBus).emit('attempt.ended', { ...ended, errorCode: 'code_3' });
  expect(await value('turnwise_attempt_failures_total{type="echo",code="code_3"}')).toBe(2);
  expect(await value('turnwise_attempt_failures_total{type="echo",code="code_25"}')).toBeUndefined();
  expect(await value('turnwise_attempt_failures_total{type="echo",code="other"}')).toBe(10);
});

it('the metrics show the pending requests and the state of the stores, and nothing of stores that are away', async () => {
  expect(await value('turnwise_pending_requests')).toBe(40);
  expect(await value('turnwise_oldest_retrying_seconds')).toBe(90);
  expect(await value('turnwise_pending_callbacks')).toBe(5);
  expect(await value('turnwise_store_response_seconds{store="Redis"}')).toBe(0.25);
  expect(await value('turnwise_redis_memory_bytes{kind="used"}')).toBe(300);
  expect(await value('turnwise_redis_memory_bytes{kind="max"}')).toBe(1000);
  expect(await value('turnwise_clock_skew_seconds')).toBe(-2.5);
  app.get<Pending>(PendingGauges).fails = true;
  app.get<Ready>(Readiness).is = false;
  expect(await value('turnwise_pending_requests')).toBeUndefined();
  expect(await value('turnwise_oldest_retrying_seconds')).toBeUndefined();
  expect(await value('turnwise_pending_callbacks')).toBeUndefined();
  expect(await value('turnwise_store_response_seconds{store="Redis"}')).toBeUndefined();
  expect(await value('turnwise_redis_memory_bytes{kind="used"}')).toBeUndefined();
  expect(await value('turnwise_clock_skew_seconds')).toBeUndefined();
});

it('the metrics omit only the gauge that is slow to read', async () => {
  app.get<Pending>(PendingGauges).isSlowToCountCallbacks = true;
  expect(await value('turnwise_oldest_retrying_seconds')).toBe(90);
  expect(await value('turnwise_pending_requests')).toBe(40);
  expect(await value('turnwise_pending_callbacks')).toBeUndefined();
});

// case F56
it('every counter starts at 0, so that its first increase is visible', async () => {
  for (const code of ['queue_full', 'storage_full', 'rate_limited'])
    expect(await value(`turnwise_requests_refused_total{code="${code}"}`)).toBe(0);
  expect(await value('turnwise_callback_attempts_total{outcome="failed"}')).toBe(0);
  expect(await value('turnwise_requests_ended_total{type="mail",status="failed"}')).toBeUndefined();
  app.get(EventBus).emit('type.handled', { type: 'mail' });
  expect(await value('turnwise_requests_ended_total{type="mail",status="failed"}')).toBe(0);
  expect(await value('turnwise_attempts_ended_total{type="mail",outcome="timed_out"}')).toBe(0);
});

it('the ends of an external type start at 0 once a request of it is accepted', async () => {
  app.get(EventBus).emit('request.accepted', { userId: 'u1', requestId: 'r1', type: 'render' });
  expect(await value('turnwise_requests_ended_total{type="render",status="failed"}')).toBe(0);
});

it('the end of an attempt that ran in another process is not counted', async () => {
  app.get(EventBus).emit('attempt.ended', { ...ended, outcome: 'lost' });
  expect(await value('turnwise_running_attempts{type="echo"}')).toBeUndefined();
});

it('an attempt of an external worker does not count as running in this process', async () => {
  app.get(EventBus).emit('attempt.started', { ...attempt, waitedMs: 20, external: true });
  expect(await value('turnwise_attempts_started_total{type="echo"}')).toBe(1);
  expect(await value('turnwise_running_attempts{type="echo"}')).toBeUndefined();
});

it('the gauges of the cluster are shown only while they can be read', async () => {
  expect(await value('turnwise_pending_users')).toBe(7);
  expect(await value('turnwise_leased_users')).toBe(3);
  expect(await value('turnwise_oldest_due_seconds')).toBe(1.5);
  expect(await value('turnwise_users{state="timed"}')).toBe(4);
  app.get<Gauges>(ClusterGauges).fails = true;
  expect(await value('turnwise_pending_users')).toBeUndefined();
  expect(await value('turnwise_users{state="timed"}')).toBeUndefined();
});

it('the metrics show whether the process is ready, with its role', async () => {
  expect(await value('turnwise_ready{role="all"}')).toBe(1);
  app.get<Ready>(Readiness).is = false;
  expect(await value('turnwise_ready{role="all"}')).toBe(0);
});

const route = (name: string, status: string) =>
  value(`turnwise_http_request_duration_seconds_count{method="GET",route="${name}",status="${status}"}`);

it('counts calls whose clients do not wait for the answer', async () => {
  await expect(fetch(`${url}/endless`, { signal: AbortSignal.timeout(100) })).rejects.toThrow();
  await until('the call is counted', async () => (await route('/endless', 'gone')) === 1);
  expect(await route('/endless', '2xx')).toBeUndefined();
});

it('calls are counted by the template of their route, and all unknown paths together', async () => {
  for (const path of ['/things/1', '/things/2', '/a', '/b?c=d']) await fetch(url + path);
  expect(await route('/things/:id', '2xx')).toBe(2);
  expect(await route('unknown', '4xx')).toBe(2);
});

describe('access to the metrics', () => {
  const scrape = async (at: string, headers: Record<string, string> = {}) =>
    (await fetch(`${at}/metrics`, { headers })).status;

  it('is allowed without a token from this machine only, and not through a proxy on it', async () => {
    expect(await scrape(url)).toBe(200);
    expect(await scrape(url, { 'x-forwarded-for': '127.0.0.1' })).toBe(403);
  });

  it('is refused without a token in production', async () => {
    const bare = await startProbeServer(parts, { NODE_ENV: 'production' });
    expect(await scrape(bare.url)).toBe(403);
    await bare.app.close();
  });

  it('is allowed with the token from anywhere', async () => {
    const guarded = await startProbeServer(parts, { METRICS_TOKEN: 'a-token-of-its-own' });
    expect(await scrape(guarded.url)).toBe(401);
    expect(await scrape(guarded.url, { authorization: 'Bearer a-token-of-its-ow' })).toBe(401);
    expect(await scrape(guarded.url, { authorization: 'Bearer a-token-of-its-own' })).toBe(200);
    await guarded.app.close();
  });
});
