// @ts-check
/** What Grafana's dashboards show: scripts/tools/dashboards.js makes them of it. */

/**
 * @typedef {object} Panel
 * @property {string} says
 * @property {string} unit
 * @property {string} [runbook] heading of docs/runbook.md
 * @property {number} [limit] from which on an alert may fire
 * @property {boolean} [isNumber] shown as its value now; without one, as no data
 * @property {readonly (readonly [legend: string, query: string])[]} queries
 */

/** @type {Readonly<Record<string, Panel>>} by title */
const PANELS = {
  'Users waiting': {
    isNumber: true,
    says: 'Users with pending requests who are not being served, in the whole cluster.',
    unit: 'short',
    queries: [['waiting', 'max(turnwise_pending_users)']],
  },
  'Users being served': {
    isNumber: true,
    says: 'Leases given, in the whole cluster.',
    unit: 'short',
    queries: [['served', 'max(turnwise_leased_users)']],
  },
  'Oldest due': {
    isNumber: true,
    says: 'How long the longest-waiting user has been due.',
    unit: 's',
    runbook: 'somebodywaits',
    limit: 60,
    queries: [['oldest', 'max(turnwise_oldest_due_seconds)']],
  },
  'Processes ready': {
    isNumber: true,
    says: 'Workers and API processes that are ready. One of ROLE=all is both.',
    unit: 'short',
    runbook: 'noworker',
    queries: [
      ['workers', 'sum(turnwise_ready{role=~"worker|all"}) or vector(0)'],
      ['APIs', 'sum(turnwise_ready{role=~"api|all"}) or vector(0)'],
    ],
  },
  'Accepted and ended': {
    says: 'Requests a second. If fewer end than are accepted for a long time, a backlog grows.',
    unit: 'reqps',
    queries: [
      ['accepted', 'sum(rate(turnwise_requests_accepted_total[$__rate_interval]))'],
      ['{{status}}', 'sum by (status) (rate(turnwise_requests_ended_total[$__rate_interval]))'],
    ],
  },
  Waiting: {
    says: 'Users, not requests: each has one turn.',
    unit: 'short',
    queries: [
      ['waiting', 'max(turnwise_pending_users)'],
      ['being served', 'max(turnwise_leased_users)'],
    ],
  },
  'Start lag': {
    says: "Time from when a request was accepted, or due, until it started. Includes the wait for the user's own earlier requests.",
    unit: 's',
    runbook: 'startslate',
    limit: 5,
    queries: [
      [
        'p50',
        'histogram_quantile(0.5, sum by (le) (rate(turnwise_start_lag_seconds_bucket[$__rate_interval])))',
      ],
      [
        'p95',
        'histogram_quantile(0.95, sum by (le) (rate(turnwise_start_lag_seconds_bucket[$__rate_interval])))',
      ],
      [
        'p99',
        'histogram_quantile(0.99, sum by (le) (rate(turnwise_start_lag_seconds_bucket[$__rate_interval])))',
      ],
    ],
  },
  'Attempts by outcome': {
    says: 'Attempts ended a second.',
    unit: 'ops',
    queries: [['{{outcome}}', 'sum by (outcome) (rate(turnwise_attempts_ended_total[$__rate_interval]))']],
  },
  'Handler time, p95': {
    says: 'By type.',
    unit: 's',
    queries: [
      [
        '{{type}}',
        'histogram_quantile(0.95, sum by (le, type) (rate(turnwise_attempt_duration_seconds_bucket[$__rate_interval])))',
      ],
    ],
  },
  'Refused, by code': {
    says: 'Enqueues answered with 4xx or 503.',
    unit: 'reqps',
    runbook: 'refusing',
    queries: [['{{code}}', 'sum by (code) (rate(turnwise_requests_refused_total[$__rate_interval]))']],
  },
  Slots: {
    says: 'Slots of the chosen processes, by what they do. Closed or stopping: fewer users are served than could be. Isolated: a request that killed two workers.',
    unit: 'short',
    runbook: 'handlersignorestop',
    queries: [['{{state}}', 'sum by (state) (turnwise_slots{instance=~"$instance"})']],
  },
  'Turns put off': {
    says: 'Turns that gave their slot back, because long attempts, or attempts to one target, already hold their share of the slots. Many for a long time: a host hangs, or a share is too small.',
    unit: 'ops',
    queries: [['{{reason}}', 'sum by (reason) (rate(turnwise_turns_put_off_total[$__rate_interval]))']],
  },
  'Recoveries, leases lost, queues mended': {
    says: 'In the last five minutes. Mended should be 0.',
    unit: 'short',
    runbook: 'queuesmended',
    queries: [
      ['shards rebuilt', 'sum(increase(turnwise_shard_recoveries_total[5m]))'],
      ['leases lost', 'sum(increase(turnwise_leases_lost_total[5m]))'],
      ['mended: {{kind}}', 'sum by (kind) (increase(turnwise_mended_total[5m]))'],
    ],
  },
  'Calls by status': {
    says: 'Calls by status class, without probes and scrapes. 5xx: /health/ready of a process names the part that is down.',
    unit: 'reqps',
    runbook: 'failing',
    queries: [
      [
        '{{status}}',
        'sum by (status) (rate(turnwise_http_request_duration_seconds_count{instance=~"$instance",route!~"/health.*|/metrics"}[$__rate_interval]))',
      ],
    ],
  },
  Callbacks: {
    says: 'Attempts to send callbacks; failed ones are given up.',
    unit: 'reqps',
    runbook: 'callbacksfail',
    queries: [['{{outcome}}', 'sum by (outcome) (rate(turnwise_callback_attempts_total[$__rate_interval]))']],
  },
  'Pending callbacks': {
    says: 'Callbacks neither delivered nor given up; counted up to 1,000.',
    unit: 'short',
    queries: [['pending', 'max(turnwise_pending_callbacks)']],
  },
  'Failed attempts, by type and code': {
    says: 'What fails, and how (docs/errors.md).',
    unit: 'reqps',
    runbook: 'requestsfail',
    queries: [
      ['{{type}} {{code}}', 'sum by (type, code) (rate(turnwise_attempt_failures_total[$__rate_interval]))'],
    ],
  },
  'Pending requests': {
    says: 'Requests that have not ended, including scheduled and stopped ones; counted up to 100,000.',
    unit: 'short',
    queries: [['pending', 'max(turnwise_pending_requests)']],
  },
  'Running attempts, by type': {
    says: 'Attempts in the worker processes by type, and users who are served by none of them: by an external worker, or by a worker that has died. One that stays is a long attempt; its user waits for it.',
    unit: 'short',
    queries: [
      ['{{type}}', 'sum by (type) (turnwise_running_attempts)'],
      [
        'external, or of a dead worker',
        'clamp_min(max(turnwise_leased_users) - (sum(turnwise_slots{state!~"free|closed"}) or vector(0)), 0)',
      ],
    ],
  },
  'Queue depth at accept': {
    says: 'Requests of the same user ahead of a request when it was accepted. High only at p99: a few users have long queues of their own.',
    unit: 'short',
    queries: [0.5, 0.9, 0.99].map((q) => [
      `p${q * 100}`,
      `histogram_quantile(${q}, sum by (le) (rate(turnwise_accepted_position_bucket[$__rate_interval])))`,
    ]),
  },
  'Open calls to the stores': {
    says: 'Connections to MongoDB in use, calls that wait for one, and commands that Redis has not answered. Waiting above 0: MongoDB is slow, or the process does too much at once.',
    unit: 'short',
    runbook: 'storeslow',
    queries: [
      [
        'MongoDB {{state}}',
        'sum by (state) (turnwise_mongodb_connections{instance=~"$instance",state!="idle"})',
      ],
      ['Redis unanswered', 'sum(turnwise_redis_unanswered_commands{instance=~"$instance"})'],
    ],
  },
  'Users by state': {
    says: 'Users with pending requests, by state. Stopped: paused or halted. Timed: waiting for a backoff, a schedule or a rate.',
    unit: 'short',
    runbook: 'somebodywaits',
    queries: [['{{state}}', 'max by (state) (turnwise_users)']],
  },
  'Oldest retrying head': {
    says: 'Time since the first attempt of the request that has been retried the longest.',
    unit: 's',
    runbook: 'retriesforlong',
    limit: 3600,
    queries: [['oldest', 'max(turnwise_oldest_retrying_seconds)']],
  },
  Stores: {
    says: 'How long one call takes, in the slowest process.',
    unit: 's',
    runbook: 'storeslow',
    limit: 0.5,
    queries: [['{{store}}', 'max by (store) (turnwise_store_response_seconds{instance=~"$instance"})']],
  },
  'Memory of Redis': {
    says: 'Share of maxmemory that the fullest master uses. At 100 % every enqueue is refused.',
    unit: 'percentunit',
    runbook: 'redisfilling',
    limit: 0.8,
    queries: [
      [
        'used',
        'max(turnwise_redis_memory_bytes{kind="used"} / ignoring(kind) turnwise_redis_memory_bytes{kind="max"})',
      ],
    ],
  },
  'Event loop lag, p99': {
    says: 'The slowest process of each role.',
    unit: 's',
    runbook: 'looplags',
    limit: 0.5,
    queries: [
      [
        '{{role}}',
        'max by (role) (nodejs_eventloop_lag_p99_seconds{instance=~"$instance"} + on (job, instance) group_left (role) (0 * turnwise_ready))',
      ],
    ],
  },
  'Call time, p95, by route': {
    says: 'By route template, without waits that clients asked for.',
    unit: 's',
    queries: [
      [
        '{{method}} {{route}}',
        'histogram_quantile(0.95, sum by (le, method, route) (rate(turnwise_http_request_duration_seconds_bucket{instance=~"$instance",route!~"/health.*|/metrics"}[$__rate_interval])))',
      ],
    ],
  },
  'Allowance used': {
    says: 'Share of enqueues that failed or were slow, and of starts that were late, in the last hour; the objectives are 0.1 % and 1 %.',
    unit: 'percentunit',
    runbook: 'acceptsburnfast',
    queries: [
      ['accepts', 'turnwise:bad_accepts:ratio_rate1h'],
      ['starts', 'turnwise:late_starts:ratio_rate1h'],
    ],
  },
  'Connections cut': {
    says: 'Connections cut because clients did not read their answers in time.',
    unit: 'short',
    queries: [
      ['{{reason}}', 'sum by (reason) (increase(turnwise_connections_cut_total{instance=~"$instance"}[5m]))'],
    ],
  },
};

/** @type {Readonly<Record<string, readonly [title: string, panels: readonly string[]]>>} by uid, which names the file */
const DASHBOARDS = {
  turnwise: [
    'Turnwise: overview',
    [
      'Users waiting',
      'Users being served',
      'Oldest due',
      'Processes ready',
      'Accepted and ended',
      'Start lag',
      'Users by state',
      'Attempts by outcome',
      'Refused, by code',
      'Allowance used',
    ],
  ],
  'turnwise-stuck': [
    'Turnwise: is somebody stuck?',
    [
      'Users by state',
      'Waiting',
      'Oldest due',
      'Processes ready',
      'Oldest retrying head',
      'Slots',
      'Turns put off',
      'Running attempts, by type',
      'Pending requests',
      'Queue depth at accept',
      'Recoveries, leases lost, queues mended',
      'Failed attempts, by type and code',
    ],
  ],
  'turnwise-delivery': [
    'Turnwise: delivery',
    [
      'Attempts by outcome',
      'Failed attempts, by type and code',
      'Handler time, p95',
      'Callbacks',
      'Pending callbacks',
    ],
  ],
  'turnwise-process': [
    'Turnwise: stores and process',
    [
      'Stores',
      'Open calls to the stores',
      'Memory of Redis',
      'Event loop lag, p99',
      'Calls by status',
      'Call time, p95, by route',
      'Connections cut',
      'Slots',
    ],
  ],
};

module.exports = { DASHBOARDS, PANELS };
