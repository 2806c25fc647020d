import { once } from 'node:events';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Call } from './history';

/** What a delivered body tells the target to do. */
export interface Plan {
  readonly user: string;
  readonly name: string;
  readonly maxAttempts: number;
  /** The statuses of its calls in turn; the last one is for all further ones. */
  readonly answers: readonly number[];
  /** How long each call takes. */
  readonly workMs: number;
}

type OpenCall = { -readonly [K in keyof Call]: Call[K] } & { readonly port: number };

/** Calls that come so soon (ms) after a freeze may have been on their way in it. */
const THAW_MS = 500;

/** Receives deliveries, does what their bodies say, and writes down what it saw. Refuses a token lower than seen. */
export class FencingTarget {
  readonly calls: OpenCall[] = [];
  private readonly tokens = new Map<string, number>();
  private readonly counts = new Map<string, number>();
  /** By the port of a frozen process's connection: until when its calls are excepted. */
  private readonly frozen = new Map<number, number>();
  private readonly server: Server;
  private readonly madeAt = performance.now();

  private constructor() {
    this.server = createServer((request, response) => void this.receive(request, response));
    this.server.keepAliveTimeout = 60_000; // it is never the target that ends a connection
  }

  static async start(): Promise<FencingTarget> {
    const target = new FencingTarget();
    target.server.listen(0, '127.0.0.1');
    await once(target.server, 'listening');
    return target;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** When the last call came; when it was made, if none has. */
  get lastCallAt(): number {
    return this.calls.at(-1)?.startedAt ?? this.madeAt;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  /** The process of these connections is frozen from now on. */
  freezeBegins(ports: readonly number[]): void {
    for (const port of ports) this.frozen.set(port, Infinity);
    for (const call of this.calls)
      if (call.endedAt === Infinity && ports.includes(call.port)) call.wasFrozen = true;
  }

  freezeEnds(ports: readonly number[]): void {
    for (const port of ports) this.frozen.set(port, performance.now() + THAW_MS);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const port = request.socket.remotePort ?? 0;
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return; // its caller died while it was sending
    }
    const plan = JSON.parse(Buffer.concat(chunks).toString()) as Plan;
    // What came with this call at the same moment, as the end of the one before, is seen first.
    for (let i = 0; i < 2; i++) await new Promise(setImmediate);
    const call = this.record(plan, request, port);
    const end = (status?: number) => {
      if (call.endedAt !== Infinity) return;
      call.endedAt = performance.now();
      call.status = status;
    };
    if (response.closed || request.socket.destroyed) return end();
    response.on('close', () => end());
    if (call.isLate) {
      end(409);
      return void response.writeHead(409).end();
    }
    const n = this.counts.get(call.id) ?? 0;
    this.counts.set(call.id, n + 1);
    setTimeout(() => {
      const status = plan.answers[Math.min(n, plan.answers.length - 1)]!;
      if (!response.closed) end(status);
      response.writeHead(status).end();
    }, plan.workMs);
  }

  private record({ user, name, maxAttempts }: Plan, { headers }: IncomingMessage, port: number): OpenCall {
    const startedAt = performance.now();
    const token = Number(headers['turnwise-fencing-token']);
    const highest = this.tokens.get(user) ?? 0;
    this.tokens.set(user, Math.max(highest, token));
    const call: OpenCall = {
      user,
      name,
      id: String(headers['idempotency-key']),
      seq: Number(headers['turnwise-seq']),
      attempt: Number(headers['turnwise-attempt']),
      maxAttempts,
      token,
      startedAt,
      endedAt: Infinity,
      status: undefined,
      isLate: token < highest,
      wasFrozen: startedAt < (this.frozen.get(port) ?? 0),
      port,
    };
    this.calls.push(call);
    return call;
  }
}
