import { once } from 'node:events';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Calls, Plan } from './calls';

/** Receives deliveries, does what their bodies say, and records them. Refuses a token lower than one seen before. */
export class FencingTarget {
  private readonly server: Server;

  private constructor(
    private readonly calls: Calls,
    private readonly steadyMs: number | undefined,
  ) {
    this.server = createServer((request, response) => void this.receive(request, response));
    this.server.keepAliveTimeout = 60_000; // the target never ends a connection
  }

  /** @param steadyMs duration of each call, which then succeeds, whatever its body says */
  static async start(calls: Calls, steadyMs?: number): Promise<FencingTarget> {
    const target = new FencingTarget(calls, steadyMs);
    target.server.listen(0, '127.0.0.1');
    await once(target.server, 'listening');
    return target;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/`;
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
    // What arrived at the same moment as this call, such as the end of the call before, is processed first.
    for (let i = 0; i < 2; i++) await new Promise(setImmediate);
    const call = this.calls.begin(plan, {
      id: String(request.headers['idempotency-key']),
      seq: Number(request.headers['turnwise-seq']),
      attempt: Number(request.headers['turnwise-attempt']),
      token: Number(request.headers['turnwise-fencing-token']),
      port,
      wasFrozen: this.calls.isFrozen(port),
    });
    if (response.closed || request.socket.destroyed) return this.calls.end(call);
    response.on('close', () => this.calls.end(call));
    if (call.isLate) {
      this.calls.end(call, 409);
      return void response.writeHead(409).end();
    }
    const status = this.steadyMs === undefined ? this.calls.nextAnswer(plan, call) : 200;
    setTimeout(() => {
      if (!response.closed) this.calls.end(call, status);
      response.writeHead(status).end();
    }, this.steadyMs ?? plan.workMs);
  }
}
