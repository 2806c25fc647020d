import { Injectable, OnModuleInit } from '@nestjs/common';
import type { ErrorCode } from '../common/errors/catalogue';
import { EventBus } from '../events/event-bus';
import {
  ATTEMPT_OUTCOMES,
  CALLBACK_OUTCOMES,
  CUT_REASONS,
  ENQUEUE_REFUSALS,
  FINAL_STATUSES,
  LOSS_CODES,
  MAINTENANCE_NAMES,
  MAINTENANCE_OUTCOMES,
  PUT_OFF_REASONS,
} from '../events/event-map';
import { SECOND_MS } from '../common/time/units';
import { MetricsRegistry } from './metrics.registry';

/** The codes with which an enqueue may be refused once its caller is known and its body is well formed. */
const REFUSALS: readonly ErrorCode[] = [
  ...ENQUEUE_REFUSALS,
  'internal',
  'rate_limited',
  'unavailable',
  'validation_failed',
];

/** Most error codes of a type with their own series. */
const MOST_CODES = 20;

/** Counts the events of this process for `/metrics`, to its end. */
@Injectable()
export class EventCounter implements OnModuleInit {
  /** Attempts by request and number: the end of one that ran elsewhere must not lower the gauge. */
  private readonly running = new Set<string>();
  private readonly known = new Set<string>();
  /** Error codes by type. */
  private readonly codes = new Map<string, Set<string>>();

  constructor(
    private readonly events: EventBus,
    private readonly metrics: MetricsRegistry,
  ) {
    // In the constructor, not on init: another module finds the handlers on its own init.
    events.on('type.handled', ({ type }) => this.know(type));
  }

  onModuleInit(): void {
    const { events, metrics } = this;
    this.beginAtZero();
    events.on('request.accepted', ({ type, position }) => {
      this.know(type);
      metrics.accepted.inc();
      if (position !== undefined) metrics.positions.observe(position);
    });
    events.on('request.refused', ({ code }) => metrics.refused.inc({ code }));
    events.on('request.ended', ({ type, status }) => metrics.requestsEnded.inc({ type, status }));
    events.on('attempt.started', ({ requestId, attempt, type, waitedMs, external }) => {
      metrics.started.inc({ type });
      this.know(type);
      metrics.lagSeconds.observe(Math.max(0, waitedMs) / SECOND_MS);
      const key = `${requestId} ${attempt}`;
      if (external || this.running.has(key)) return;
      this.running.add(key);
      metrics.running.inc({ type });
    });
    events.on('attempt.ended', ({ requestId, attempt, type, outcome, durationMs, errorCode }) => {
      metrics.attemptsEnded.inc({ type, outcome });
      if (errorCode !== undefined && (outcome === 'failed' || outcome === 'timed_out'))
        metrics.failures.inc({ type, code: this.codeOf(type, errorCode) });
      metrics.attemptSeconds.observe({ type }, durationMs / SECOND_MS);
      if (this.running.delete(`${requestId} ${attempt}`)) metrics.running.dec({ type });
    });
    events.on('turn.put_off', ({ reason }) => metrics.putOff.inc({ reason }));
    events.on('callback.attempted', ({ outcome }) => metrics.callbackAttempts.inc({ outcome }));
    events.on('connection.cut', ({ reason }) => metrics.connectionsCut.inc({ reason }));
    events.on('streams.counted', ({ open }) => metrics.eventStreams.set(open));
    events.on('attempt.taken_back', ({ type, code }) => {
      metrics.leasesLost.inc();
      metrics.lostAttempts.inc({ type, code });
    });
    events.on('suspect.died', ({ type }) => metrics.lostAttempts.inc({ type, code: 'process_ended' }));
    events.on('shard.recovered', () => metrics.recoveries.inc());
    events.on('maintenance.ended', (labels) => metrics.maintenanceRuns.inc(labels));
    events.on('queue.mended', ({ kinds }) => {
      for (const kind of kinds) metrics.mended.inc({ kind });
    });
  }

  /** A series that starts at 1 shows no increase: the first failure after a start would be invisible. */
  private beginAtZero(): void {
    const { metrics } = this;
    for (const code of REFUSALS) metrics.refused.inc({ code }, 0);
    for (const reason of CUT_REASONS) metrics.connectionsCut.inc({ reason }, 0);
    for (const reason of PUT_OFF_REASONS) metrics.putOff.inc({ reason }, 0);
    for (const outcome of CALLBACK_OUTCOMES) metrics.callbackAttempts.inc({ outcome }, 0);
    for (const name of MAINTENANCE_NAMES)
      for (const outcome of MAINTENANCE_OUTCOMES) metrics.maintenanceRuns.inc({ name, outcome }, 0);
  }

  /**
   * The same for a type: at the start if it has a handler, otherwise once a request of it is accepted or starts here.
   */
  private know(type: string): void {
    if (this.known.has(type)) return;
    this.known.add(type);
    for (const status of FINAL_STATUSES) this.metrics.requestsEnded.inc({ type, status }, 0);
    for (const outcome of ATTEMPT_OUTCOMES) this.metrics.attemptsEnded.inc({ type, outcome }, 0);
    for (const code of LOSS_CODES) this.metrics.lostAttempts.inc({ type, code }, 0);
    this.metrics.failures.inc({ type, code: 'timed_out' }, 0); // the only code that every type has
  }

  /** A handler may use any error codes. Those above MOST_CODES of a type share one series. */
  private codeOf(type: string, code: string): string {
    const known = this.codes.get(type) ?? new Set();
    this.codes.set(type, known);
    if (!known.has(code) && known.size >= MOST_CODES) return 'other';
    known.add(code);
    return code;
  }
}
