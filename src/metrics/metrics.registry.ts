import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { FAULT_KINDS } from '../events/event-map';

/** From a fast handler to the longest timeout, in few steps, because each bucket is one more series per type. */
const ATTEMPT_SECONDS = [0.01, 0.05, 0.25, 1, 5, 15, 30, 120, 600, 3600];
const LAG_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300];
/**
 * How often the timer that measures the event loop wakes the process. The usual 10 ms would be most of the cost of an
 * idle process.
 */
const LOOP_PRECISION_MS = 100;
/** From an empty queue to a full one. */
const POSITIONS = [0, 1, 3, 10, 30, 100, 300, 1000, 3000, 10_000];
const HTTP_SECONDS = [0.005, 0.025, 0.1, 0.5, 2, 10];

/**
 * All metrics of this process (docs/metrics.md). No label contains a user, an id, a raw path or an unregistered type,
 * so the number of series does not grow with use.
 */
@Injectable()
export class MetricsRegistry extends Registry {
  readonly accepted = this.counter('turnwise_requests_accepted_total', 'Requests accepted.');
  readonly positions = new Histogram({
    name: 'turnwise_accepted_position',
    help: 'Requests of the same user ahead of a request when it was accepted.',
    buckets: POSITIONS,
    registers: [this],
  });
  readonly refused = this.counter('turnwise_requests_refused_total', 'Requests refused, by error code.', [
    'code',
  ]);
  readonly started = this.counter('turnwise_attempts_started_total', 'Attempts started.', ['type']);
  readonly attemptsEnded = this.counter('turnwise_attempts_ended_total', 'Attempts ended.', [
    'type',
    'outcome',
  ]);
  readonly failures = this.counter(
    'turnwise_attempt_failures_total',
    'Attempts that failed or timed out, by error code.',
    ['type', 'code'],
  );
  readonly putOff = this.counter(
    'turnwise_turns_put_off_total',
    'Turns that gave their slot back because attempts of their kind already hold their share of the slots.',
    ['reason'],
  );
  readonly requestsEnded = this.counter('turnwise_requests_ended_total', 'Requests ended.', [
    'type',
    'status',
  ]);
  readonly callbackAttempts = this.counter(
    'turnwise_callback_attempts_total',
    'Attempts to send callbacks.',
    ['outcome'],
  );
  readonly leasesLost = this.counter(
    'turnwise_leases_lost_total',
    'Attempts taken back because their worker died or lost the lease.',
  );
  readonly lostAttempts = this.counter(
    'turnwise_lost_attempts_total',
    'Attempts lost with their process, by the known reason.',
    ['type', 'code'],
  );
  readonly recoveries = this.counter('turnwise_shard_recoveries_total', 'Shards rebuilt from MongoDB.');
  readonly mended = this.counter(
    'turnwise_mended_total',
    'Queues that were damaged in Redis and rebuilt from MongoDB, by kind of damage.',
    ['kind'],
  );
  readonly maintenanceRuns = this.counter(
    'turnwise_maintenance_runs_total',
    'Runs of maintenance jobs that ended, by outcome.',
    ['name', 'outcome'],
  );
  readonly connectionsCut = this.counter(
    'turnwise_connections_cut_total',
    'Connections cut because their clients read too slowly.',
    ['reason'],
  );
  readonly attemptSeconds = new Histogram({
    name: 'turnwise_attempt_duration_seconds',
    help: 'How long handlers run, without waits or recording.',
    labelNames: ['type'],
    buckets: ATTEMPT_SECONDS,
    registers: [this],
  });
  readonly lagSeconds = new Histogram({
    name: 'turnwise_start_lag_seconds',
    help: 'Time from when a request was accepted, or due, until it started.',
    buckets: LAG_SECONDS,
    registers: [this],
  });
  readonly httpSeconds = new Histogram({
    name: 'turnwise_http_request_duration_seconds',
    help: 'Duration of HTTP calls, without waits that clients asked for, by route template, method and status class.',
    labelNames: ['method', 'route', 'status'],
    buckets: HTTP_SECONDS,
    registers: [this],
  });
  readonly ready = this.gauge('turnwise_ready', '1 if this process can serve, else 0; with its ROLE.', [
    'role',
  ]);
  readonly running = this.gauge('turnwise_running_attempts', 'Attempts running in this process, by type.', [
    'type',
  ]);
  readonly slots = this.gauge('turnwise_slots', "Slots of this process's worker, by state.", ['state']);
  readonly eventStreams = this.gauge('turnwise_event_streams', 'Open event streams of this process.');
  readonly pendingUsers = this.gauge(
    'turnwise_pending_users',
    'Cluster-wide: users with pending requests who are not being served.',
  );
  readonly leasedUsers = this.gauge('turnwise_leased_users', 'Cluster-wide: users being served.');
  readonly users = this.gauge('turnwise_users', 'Cluster-wide: users with pending requests, by state.', [
    'state',
  ]);
  readonly storeSeconds = this.gauge(
    'turnwise_store_response_seconds',
    'Response time of each store to the health check of this scrape.',
    ['store'],
  );
  readonly redisMemory = this.gauge(
    'turnwise_redis_memory_bytes',
    'Memory of the fullest master of Redis: used, and its maxmemory.',
    ['kind'],
  );
  readonly clockSkew = this.gauge('turnwise_clock_skew_seconds', "This machine's clock minus MongoDB's.");
  readonly mongodbConnections = this.gauge(
    'turnwise_mongodb_connections',
    "This process's connections to MongoDB, and calls that wait for one.",
    ['state'],
  );
  readonly redisUnanswered = this.gauge(
    'turnwise_redis_unanswered_commands',
    'Commands of this process that Redis has not answered yet.',
  );
  readonly pendingRequests = this.gauge(
    'turnwise_pending_requests',
    'Cluster-wide: requests that have not ended, counted up to 100,000.',
  );
  readonly pendingCallbacks = this.gauge(
    'turnwise_pending_callbacks',
    'Cluster-wide: callbacks neither delivered nor given up, counted up to 1,000.',
  );
  readonly oldestRetrying = this.gauge(
    'turnwise_oldest_retrying_seconds',
    'Cluster-wide: for how long the request has been retried that has been the longest.',
  );
  readonly oldestDue = this.gauge(
    'turnwise_oldest_due_seconds',
    'Cluster-wide: how long the longest-waiting user has been due.',
  );

  constructor() {
    super();
    collectDefaultMetrics({ register: this, eventLoopMonitoringPrecision: LOOP_PRECISION_MS });
    for (const kind of FAULT_KINDS) this.mended.inc({ kind }, 0); // an increase is visible only in a series that exists already
  }

  private counter<L extends string>(name: string, help: string, labelNames: L[] = []): Counter<L> {
    return new Counter({ name, help, labelNames, registers: [this] });
  }

  private gauge<L extends string>(name: string, help: string, labelNames: L[] = []): Gauge<L> {
    return new Gauge({ name, help, labelNames, registers: [this] });
  }
}
