import { Injectable, OnModuleInit } from '@nestjs/common';
import { EventLog } from '../common/log/event-log';
import { traceIdOf } from '../common/trace/traceparent';
import { LogSettings } from '../config/settings';
import { EventBus } from './event-bus';

/** Writes the lines about attempts, requests and callbacks, from the events of this process, to its end. */
@Injectable()
export class EventLines implements OnModuleInit {
  private readonly log = new EventLog('Requests');
  /** A successful attempt costs nothing where its line is not wanted. */
  private readonly tellsSuccess: boolean;

  constructor(
    private readonly events: EventBus,
    { level }: LogSettings,
  ) {
    this.tellsSuccess = level === 'debug' || level === 'trace';
  }

  onModuleInit(): void {
    const { events, log } = this;
    events.on('attempt.ended', (attempt) => {
      const { outcome, trace } = attempt;
      if (outcome === 'succeeded' && !this.tellsSuccess) return;
      const line = trace ? { ...attempt, traceId: traceIdOf(trace.own) } : attempt;
      if (outcome === 'succeeded') log.write('attempt.succeeded', line);
      else if (outcome === 'failed' || outcome === 'timed_out') log.write('attempt.failed', line);
      else log.write('attempt.stopped', line);
    });
    events.on('request.ended', (request) => {
      if (request.status === 'failed') log.write('request.failed', request);
    });
    events.on('callback.attempted', (callback) => {
      if (callback.outcome === 'failed') log.write('callback.failed', callback);
    });
  }
}
