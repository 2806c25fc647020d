import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { Span, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { keepTraceparent } from '../common/trace/traceparent';
import type { EventBus } from '../events/event-bus';
import type { EventMap } from '../events/event-map';
import { contextOf, Otlp } from './otlp';

/** The calls that begin or join a trace: those that create requests. */
const ENQUEUES = new Set(['/enqueue', '/enqueue/batch']);

/**
 * One trace for each request: the call that enqueued it, with its attempts as children, whichever process ran them. It
 * listens to events; nothing calls it. An attempt's span is made at its end, so an attempt that is lost with its
 * process has none.
 */
export class Tracer implements OnModuleInit, OnApplicationShutdown {
  private readonly otlp: Otlp;
  /** Calls that are served now, by their `traceparent`. */
  private readonly calls = new Map<string, Span>();

  constructor(
    endpoint: string,
    role: string,
    private readonly host: HttpAdapterHost,
    private readonly events: EventBus,
  ) {
    this.otlp = new Otlp(endpoint, role);
  }

  onModuleInit(): void {
    this.watchCalls();
    const { events } = this;
    events.on('request.accepted', (event) => this.noteRequest('request.accepted', event));
    events.on('request.replayed', (event) => this.noteRequest('request.replayed', event));
    events.on('attempt.ended', (event) => this.addAttempt(event));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.otlp.close();
  }

  private watchCalls(): void {
    const { httpAdapter } = this.host as HttpAdapterHost<FastifyAdapter>;
    httpAdapter.getInstance().addHook('onRequest', (call, { raw }, done) => {
      const { method, routeOptions, headers } = call;
      const route = routeOptions.url ?? '';
      if (method !== 'POST' || !ENQUEUES.has(route)) return done();
      const { traceparent: given } = headers;
      const span = this.otlp.tracer.startSpan(
        `POST ${route}`,
        { kind: SpanKind.SERVER, attributes: { 'http.request.method': 'POST', 'http.route': route } },
        contextOf(typeof given === 'string' ? given : undefined),
      );
      const own = textOf(span);
      this.calls.set(own, span);
      keepTraceparent(call, own);
      raw.once('close', () => {
        this.calls.delete(own);
        if (raw.headersSent) span.setAttribute('http.response.status_code', raw.statusCode);
        if (!raw.headersSent || raw.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      });
      done();
    });
  }

  private noteRequest(name: string, event: EventMap['request.replayed']): void {
    if (event.traceparent === undefined) return;
    this.calls.get(event.traceparent)?.addEvent(name, { 'turnwise.request.id': event.requestId });
  }

  private addAttempt(event: EventMap['attempt.ended']): void {
    const { trace, type, requestId, userId, attempt, outcome, durationMs, errorCode } = event;
    if (trace === undefined) return;
    const endTime = Date.now();
    this.otlp.chooseId(trace.own);
    const span = this.otlp.tracer.startSpan(
      `attempt ${type}`,
      {
        kind: SpanKind.CONSUMER,
        startTime: endTime - durationMs,
        attributes: {
          'messaging.system': 'turnwise',
          'messaging.operation.type': 'process',
          'messaging.message.id': requestId,
          'turnwise.request.id': requestId,
          'turnwise.user.id': userId,
          'turnwise.attempt': attempt,
          'turnwise.outcome': outcome,
          ...(errorCode !== undefined && { 'error.type': errorCode }),
        },
      },
      contextOf(trace.parent),
    );
    if (outcome !== 'succeeded') span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(endTime);
  }
}

function textOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}
