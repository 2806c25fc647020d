import { createServer, Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** One call that the target received. Times are monotonic. */
export interface RecordedCall {
  readonly user: string;
  readonly index: number;
  readonly startedAt: number;
  readonly fencingToken: number;
  /** Its `Idempotency-Key`. */
  readonly requestId: string;
  /** The status that it is answered with. */
  readonly status: number;
  endedAt: number;
}

/** Receives `http` requests with the body `{user, index}`; answers after a while, by a script. */
export class RecordingTarget {
  readonly calls: RecordedCall[] = [];
  /** Calls with a lower token than one before, as of a process that was frozen. They are refused, as a target should do. */
  fenced = 0;
  private readonly byUser = new Map<string, RecordedCall[]>();
  private readonly server: Server;

  /**
   * @param answer the status for the n-th call (from 1) of a request
   * @param workMs duration of each call, ms
   */
  private constructor(answer: (index: number, n: number) => number, workMs: number) {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { user, index } = JSON.parse(Buffer.concat(chunks).toString()) as {
          user: string;
          index: number;
        };
        const fencingToken = Number(request.headers['turnwise-fencing-token']);
        const before = this.of(user);
        if ((before.at(-1)?.fencingToken ?? 0) > fencingToken) {
          this.fenced += 1;
          response.writeHead(409).end();
          return;
        }
        const n = before.filter((each) => each.index === index).length + 1;
        const status = answer(index, n);
        const requestId = String(request.headers['idempotency-key']);
        const startedAt = performance.now();
        const call = { user, index, startedAt, fencingToken, requestId, status, endedAt: Infinity };
        this.calls.push(call);
        before.push(call);
        this.byUser.set(user, before);
        const end = () => (call.endedAt = Math.min(call.endedAt, performance.now()));
        const work = setTimeout(() => {
          end();
          response.writeHead(status).end();
        }, workMs);
        // Also when the caller dies: then the work stops.
        response.on('close', () => {
          end();
          clearTimeout(work);
        });
      });
    });
  }

  static async start(answer: (index: number, n: number) => number, workMs = 20): Promise<RecordingTarget> {
    const target = new RecordingTarget(answer, workMs);
    target.server.listen(0, '127.0.0.1');
    await once(target.server, 'listening');
    return target;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  /** The calls of a user in the order of arrival. */
  of(user: string): RecordedCall[] {
    return this.byUser.get(user) ?? [];
  }

  /** Safe to call twice. */
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

/** What breaks P1 or P2 among the calls of one user; empty if nothing does. A repetition after a crash breaks neither. */
export function violations(calls: readonly RecordedCall[]): string[] {
  return calls.flatMap((call, i) => {
    const before = calls[i - 1];
    if (!before) return call.index === 0 ? [] : [`began with ${call.index}`];
    const found: string[] = [];
    if (before.endedAt > call.startedAt) found.push(`${call.index} overlaps ${before.index}`);
    if (call.index !== before.index && call.index !== before.index + 1)
      found.push(`${call.index} after ${before.index}`);
    if (call.fencingToken <= before.fencingToken) found.push(`token of ${call.index} does not grow`);
    return found;
  });
}
