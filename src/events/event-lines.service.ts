import { Injectable, OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { EventLog } from '../common/log/event-log';
import { EventBus } from './event-bus';

/** Writes the lines about attempts, requests and callbacks, from the events of this process. */
@Injectable()
export class EventLines implements OnModuleInit, OnModuleDestroy {
  private readonly log = new EventLog('Requests');
  private subscriptions: (() => void)[] = [];

  constructor(private readonly events: EventBus) {}

  onModuleInit(): void {
    const { events, log } = this;
    this.subscriptions = [
      events.on('attempt.ended', (attempt) => {
        const { outcome } = attempt;
        if (outcome === 'succeeded') log.write('attempt.succeeded', attempt);
        else if (outcome === 'failed' || outcome === 'timed_out') log.write('attempt.failed', attempt);
        else log.write('attempt.stopped', attempt);
      }),
      events.on('request.ended', (request) => {
        if (request.status === 'failed') log.write('request.failed', request);
      }),
      events.on('callback.attempted', (callback) => {
        if (callback.outcome === 'failed') log.write('callback.failed', callback);
      }),
    ];
  }

  onModuleDestroy(): void {
    for (const end of this.subscriptions.splice(0)) end();
  }
}
