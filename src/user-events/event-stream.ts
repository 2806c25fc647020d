import type { ServerResponse } from 'node:http';
import { SECOND_MS } from '../common/time/units';
import { HEARTBEAT } from './sse';
import type { Listener } from './user-feed';

/** The longest silence on a stream. */
const HEARTBEAT_MS = 15 * SECOND_MS;
/** How often the client's access is checked again, ms. */
const CHECK_MS = 5 * SECOND_MS;
/** Bytes that may wait for a client; it is cut off if more wait when the next text is sent. */
const MOST_WAITING_BYTES = 256 * 1024;

/** Proxies must neither store nor delay the stream. */
const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
};

/** One client's stream of events, over an answer that is not ended. */
export class EventStream implements Listener {
  private readonly endings = new Set<() => void>();
  private readonly ticks = new Set<() => void>();
  private readonly timers: NodeJS.Timeout[] = [];
  /** What was sent before it began. */
  private readonly early: string[] = [];
  private isOver = false;
  private hasBegun = false;

  /**
   * @param mayGoOn whether what let the client in still stands; a failure to ask is no reason to end
   * @param onCut called when the client is cut off because it does not read
   */
  constructor(
    private readonly response: ServerResponse,
    mayGoOn: () => Promise<boolean>,
    private readonly onCut: () => void = () => undefined,
  ) {
    response.once('close', () => this.end());
    if (response.destroyed) this.end();
    const check = () =>
      void mayGoOn().then(
        (may) => (may ? undefined : this.end()),
        () => undefined,
      );
    this.every(CHECK_MS, check);
    this.every(HEARTBEAT_MS, () => this.beat());
  }

  /** Its client has gone, its access has ended, or this process stops. */
  get hasEnded(): boolean {
    return this.isOver;
  }

  /**
   * Answers 200, with these headers besides its own. Until then an error can still be answered. A stream that has already
   * ended gets an empty answer, so that its client does not wait.
   */
  begin(headers: NodeJS.Dict<number | string | string[]>): void {
    if (this.response.destroyed) return;
    this.hasBegun = true;
    const given = Object.entries(headers).filter(([, value]) => value !== undefined) as [string, string][];
    this.response.writeHead(200, { ...Object.fromEntries(given), ...HEADERS });
    if (this.isOver || this.response.req.method === 'HEAD') this.response.end();
    else if (this.early.length > 0) this.send(this.early.splice(0).join(''));
  }

  /** Sends a text as a whole: one read finds a bounded number of events, and the client could not have read them earlier. */
  send(text: string): void {
    if (this.isOver) return;
    if (!this.hasBegun) return void this.early.push(text);
    if (this.response.writableLength > MOST_WAITING_BYTES) {
      this.onCut();
      this.response.destroy();
      this.end();
    } else this.response.write(text);
  }

  /** Calls back when it has ended, at once if it has already. */
  onEnd(listener: () => void): void {
    if (this.isOver) listener();
    else this.endings.add(listener);
  }

  /** Calls back with every heartbeat. */
  onTick(listener: () => void): void {
    this.ticks.add(listener);
  }

  /** Safe to call twice. */
  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    for (const timer of this.timers) clearInterval(timer);
    if (this.hasBegun) this.response.end();
    for (const listener of this.endings) listener();
  }

  private beat(): void {
    if (this.hasBegun) this.send(HEARTBEAT);
    for (const listener of this.ticks) listener();
  }

  private every(ms: number, call: () => void): void {
    if (!this.isOver) this.timers.push(setInterval(call, ms));
  }
}
