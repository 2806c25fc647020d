import { Injectable, OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { EventBus } from '../events/event-bus';
import { SECOND_MS } from '../common/time/units';
import { MetricsRegistry } from './metrics.registry';

/** Counts the events of this process. Nothing else counts anything. */
@Injectable()
export class EventCounter implements OnModuleInit, OnModuleDestroy {
  /** Attempts by request and number: the end of one that ran elsewhere must not lower the gauge. */
  private readonly running = new Set<string>();
  private subscriptions: (() => void)[] = [];

  constructor(
    private readonly events: EventBus,
    private readonly metrics: MetricsRegistry,
  ) {}

  onModuleInit(): void {
    const { events, metrics } = this;
    this.subscriptions = [
      events.on('request.accepted', () => metrics.accepted.inc()),
      events.on('request.refused', ({ code }) => metrics.refused.inc({ code })),
      events.on('request.ended', ({ type, status }) => metrics.requestsEnded.inc({ type, status })),
      events.on('attempt.started', ({ requestId, attempt, type, waitedMs, external }) => {
        metrics.started.inc({ type });
        metrics.attemptsEnded.inc({ type, outcome: 'lost' }, 0); // a rise is seen only of what was there before
        metrics.lagSeconds.observe(Math.max(0, waitedMs) / SECOND_MS);
        if (!external) metrics.running.set(this.running.add(`${requestId} ${attempt}`).size);
      }),
      events.on('attempt.ended', ({ requestId, attempt, type, outcome, durationMs }) => {
        metrics.attemptsEnded.inc({ type, outcome });
        metrics.attemptSeconds.observe({ type }, durationMs / SECOND_MS);
        this.running.delete(`${requestId} ${attempt}`);
        metrics.running.set(this.running.size);
      }),
      events.on('callback.attempted', ({ outcome }) => metrics.callbackAttempts.inc({ outcome })),
      events.on('streams.counted', ({ open }) => metrics.eventStreams.set(open)),
      events.on('attempt.taken_back', ({ type, code }) => {
        metrics.leasesLost.inc();
        metrics.lostAttempts.inc({ type, code });
      }),
      events.on('suspect.died', ({ type }) => metrics.lostAttempts.inc({ type, code: 'process_ended' })),
      events.on('shard.recovered', () => metrics.recoveries.inc()),
      events.on('queue.mended', ({ kinds }) => {
        for (const kind of kinds) metrics.mended.inc({ kind });
      }),
    ];
  }

  onModuleDestroy(): void {
    for (const end of this.subscriptions.splice(0)) end();
  }
}
