import { Context, ROOT_CONTEXT, trace, Tracer as OtelTracer } from '@opentelemetry/api';
import { ExportResult, ExportResultCode, parseTraceParent } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  RandomIdGenerator,
  ReadableSpan,
} from '@opentelemetry/sdk-trace-base';
import { hostname } from 'node:os';
import { inTime } from '../common/flow/in-time';
import { EventLog } from '../common/log/event-log';
import { VERSION } from '../common/process/version';

/** Time limit at the end of a process: spans not sent by then are lost. */
const LAST_SEND_MS = 2_000;

/**
 * Creates spans and sends them in batches. Spans that cannot be sent are logged and dropped; they never delay a
 * request.
 */
export class Otlp {
  readonly tracer: OtelTracer;
  private readonly ids = new ChosenIds();
  private readonly provider: BasicTracerProvider;

  /** @param endpoint without `/v1/traces`; the SDK reads its other variables itself (docs/traces.md) */
  constructor(endpoint: string, role: string) {
    const resource = resourceFromAttributes({
      'service.name': 'turnwise',
      'service.version': VERSION,
      'service.instance.id': `${hostname()}:${process.pid}`,
      'turnwise.role': role,
    }).merge(detectResources({ detectors: [envDetector] }));
    const exporter = new ToldExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
    this.provider = new BasicTracerProvider({
      resource,
      idGenerator: this.ids,
      spanProcessors: [new BatchSpanProcessor(exporter)],
    });
    this.tracer = this.provider.getTracer('turnwise', VERSION);
  }

  /** The next span gets the id of this `traceparent`. */
  chooseId(traceparent: string): void {
    this.ids.next = parseTraceParent(traceparent)?.spanId;
  }

  async close(): Promise<void> {
    await inTime(this.provider.shutdown(), LAST_SEND_MS).catch(() => undefined);
  }
}

/** The context of a `traceparent`; none if it is invalid. */
export function contextOf(traceparent: string | undefined): Context {
  const parent = traceparent === undefined ? null : parseTraceParent(traceparent);
  return parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true });
}

class ChosenIds extends RandomIdGenerator {
  next: string | undefined;
  private readonly random = new RandomIdGenerator();

  override generateSpanId = (): string => {
    const id = this.next ?? this.random.generateSpanId();
    this.next = undefined;
    return id;
  };
}

class ToldExporter extends OTLPTraceExporter {
  private readonly log = new EventLog('Tracing');

  override export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    super.export(spans, (result) => {
      if (result.code === ExportResultCode.FAILED) {
        const cause = `OTEL_EXPORTER_OTLP_ENDPOINT: ${result.error?.message ?? 'no answer'}`;
        this.log.write('step.failed', { step: 'send traces', cause });
      }
      done(result);
    });
  }
}
