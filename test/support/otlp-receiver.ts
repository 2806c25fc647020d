import { httpTarget, StubTarget } from './stub-target';

/** A span as the receiver got it. */
export interface ReceivedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  /** 2: server; 5: consumer. */
  readonly kind: number;
  /** `turnwise.role` of the process that sent it. */
  readonly role: unknown;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Names of its events, with the ID of the request that each is about. */
  readonly events: readonly (readonly [name: string, requestId: unknown])[];
  /** ms since 1970 */
  readonly startedAt: number;
  readonly endedAt: number;
}

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number | string };
}
interface SentSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly Attribute[];
  readonly events: readonly { readonly name: string; readonly attributes: readonly Attribute[] }[];
}
interface SentBatch {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
  }[];
}

/** A receiver of OTLP over HTTP with JSON, like an OpenTelemetry collector. */
export class OtlpReceiver {
  private constructor(private readonly target: StubTarget) {}

  static async start(): Promise<OtlpReceiver> {
    return new OtlpReceiver(
      await httpTarget((_call, response) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
      ),
    );
  }

  get url(): string {
    return this.target.url;
  }

  /** Everything that was sent to the path for traces, in the order of arrival. */
  get spans(): ReceivedSpan[] {
    return this.target.calls
      .filter(({ path, method }) => method === 'POST' && path === '/v1/traces')
      .flatMap(({ body }) => (JSON.parse(body.toString()) as SentBatch).resourceSpans)
      .flatMap(({ resource, scopeSpans }) =>
        scopeSpans.flatMap(({ spans }) =>
          spans.map((span) => received(span, valuesOf(resource.attributes)['turnwise.role'])),
        ),
      );
  }

  close(): Promise<void> {
    return this.target.close();
  }
}

const NANOS_A_MS = 1_000_000n;
const msOf = (nanos: string) => Number(BigInt(nanos) / NANOS_A_MS);

const valuesOf = (attributes: readonly Attribute[]): Record<string, unknown> =>
  Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue ?? NaN)]),
  );

function received(span: SentSpan, role: unknown): ReceivedSpan {
  const { name, traceId, spanId, parentSpanId, kind, startTimeUnixNano, endTimeUnixNano } = span;
  return {
    ...{ name, traceId, spanId, parentSpanId, kind, role },
    attributes: valuesOf(span.attributes),
    events: span.events.map((event) => [event.name, valuesOf(event.attributes)['turnwise.request.id']]),
    startedAt: msOf(startTimeUnixNano),
    endedAt: msOf(endTimeUnixNano),
  };
}
