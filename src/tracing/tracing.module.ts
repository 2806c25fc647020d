import { DynamicModule, Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Settings } from '../config/settings';
import { EventBus } from '../events/event-bus';

/** The token of the tracer, so that nothing imports its file. */
const TRACER = Symbol('tracer');

/**
 * Sends spans to an OTLP receiver. Without a receiver, nothing of OpenTelemetry is loaded, and no event is listened to.
 */
@Module({})
export class TracingModule {
  static of({ traces: { endpoint }, role }: Settings): DynamicModule {
    if (endpoint === undefined) return { module: TracingModule };
    const tracer = {
      provide: TRACER,
      inject: [HttpAdapterHost, EventBus],
      useFactory: async (host: HttpAdapterHost, events: EventBus) => {
        const { Tracer } = await import('./tracer.js');
        return new Tracer(endpoint, role, host, events);
      },
    };
    return { module: TracingModule, providers: [tracer] };
  }
}
