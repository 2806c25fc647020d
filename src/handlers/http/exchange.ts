import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { KeptBytes } from '../../common/flow/kept-bytes';
import { SECOND_MS } from '../../common/time/units';
import { answerOf, TargetAnswer } from './target-answer';

/** Limit for name resolution, connection and TLS handshake together. */
const CONNECT_TIMEOUT_MS = 10 * SECOND_MS;

/** Most informational (1xx) answers to one request: an endless series of them would keep the worker busy. (P5) */
const MOST_INFORMATIONAL = 32;

const coded = (message: string, code: string) => Object.assign(new Error(message), { code });
const reset = (message: string) => coded(message, 'ECONNRESET');

/** What to send, and how much of the answer to keep. */
interface Delivery {
  readonly body: Buffer | null;
  /** Bytes of the answer's body to keep, by its status. */
  readonly limitOf: (status: number) => number;
}

/**
 * One request and its answer. The answer is kept up to a limit; the rest is not read, and the connection is closed.
 * Every 1xx before the final answer is skipped, whether asked for or not (RFC 9110 15.2).
 */
export class Exchange {
  readonly answer: Promise<TargetAnswer>;
  private resolve: (answer: TargetAnswer) => void;
  private reject: (error: Error) => void;
  private response: IncomingMessage | undefined;
  private informational = 0;
  private connectTimer: NodeJS.Timeout | undefined;
  /** Bytes that the connection had received before this request. */
  private readBefore = 0;
  private readonly abort = () => this.fail(this.signal.reason as Error);

  /** @param request opened, but not sent yet */
  constructor(
    private readonly request: ClientRequest,
    private readonly delivery: Delivery,
    private readonly signal: AbortSignal,
  ) {
    this.answer = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    signal.addEventListener('abort', this.abort);
    request
      .on('socket', (socket) => this.connects(socket))
      .on('information', () => this.informed())
      .on('response', (response) => this.receives(response))
      .on('upgrade', (_response, socket) => {
        socket.destroy();
        this.fail(reset('The target switched protocols.'));
      })
      // A complete answer counts, whatever happens to its connection afterwards.
      .on('error', (error) => !this.response?.complete && this.fail(error))
      .on('close', () => !this.response && this.fail(reset('The target closed the connection.')))
      .end(delivery.body ?? undefined);
  }

  /**
   * Sends a request and reads its answer. The target may close an idle connection just as it is reused: if it ends
   * before the first byte of an answer, the request is repeated once on a new one.
   * @throws the signal's reason, TargetRefused, or Node's error about the network or the answer
   */
  static async run(
    open: (isFresh: boolean) => ClientRequest,
    delivery: Delivery,
    signal: AbortSignal,
  ): Promise<TargetAnswer> {
    signal.throwIfAborted();
    const exchange = new Exchange(open(false), delivery, signal);
    try {
      return await exchange.answer;
    } catch (error) {
      if (!exchange.wasStale || signal.aborted) throw error;
      return await new Exchange(open(true), delivery, signal).answer;
    }
  }

  /** Whether the connection was reused and received nothing for this request. */
  private get wasStale(): boolean {
    const { reusedSocket, socket } = this.request;
    return reusedSocket && (socket?.bytesRead ?? 0) === this.readBefore;
  }

  private connects(socket: Socket | TLSSocket): void {
    this.readBefore = socket.bytesRead;
    const isEncrypted = 'encrypted' in socket;
    // A tunnel is connected when it is given here; TLS inside it begins only then.
    if (this.request.reusedSocket || !(socket.connecting || isEncrypted)) return;
    const late = () => this.fail(coded('The target took too long to connect.', 'ETIMEDOUT'));
    this.connectTimer = setTimeout(late, CONNECT_TIMEOUT_MS);
    socket.once(isEncrypted ? 'secureConnect' : 'connect', () => clearTimeout(this.connectTimer));
  }

  private informed(): void {
    if (++this.informational > MOST_INFORMATIONAL)
      this.fail(coded('The target only informs.', 'HPE_ENDLESS_INFORMATION'));
  }

  private receives(response: IncomingMessage): void {
    const status = response.statusCode ?? 0;
    if (status < 200) return this.fail(reset('The target switched protocols.'));
    this.response = response;
    const body = new KeptBytes(this.delivery.limitOf(status));
    const answered = (truncated: boolean) => {
      this.end();
      this.resolve(answerOf(status, response.rawHeaders, body.bytes, truncated));
      // Does not wait for what remains to be sent or read.
      if (truncated || !this.request.writableFinished) this.request.destroy();
    };
    response
      .on('data', (chunk: Buffer) => !body.add(chunk) && answered(true))
      .on('end', () => answered(false))
      .on('error', (error) => this.fail(error));
  }

  /** Has no effect once there is an answer. */
  private fail(error: Error): void {
    this.end();
    this.reject(error);
    this.request.destroy();
  }

  private end(): void {
    clearTimeout(this.connectTimer);
    this.signal.removeEventListener('abort', this.abort);
  }
}
