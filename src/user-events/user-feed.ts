import { isLater } from './event-id';
import { beginning, reset, sseOf } from './sse';
import type { Heard, UserEvent } from '../queue/user-events.service';

/** A client that receives a user's events. */
export interface Listener {
  send(text: string): void;
}

/** Reads a user's events after one that is known. */
export type Listen = (after: string | undefined) => Promise<Heard>;

/** A read that failed is tried again after this, ms. */
const AGAIN_MS = 1_000;

/**
 * One user's events in this process, read once for all listeners here.
 *
 *     first listener -> starts at the newest event -> news, or the time of a heartbeat -> reads on -> sends to all
 *
 * A listener that reconnects reads missed events by itself; each listener skips events that it has had.
 */
export class UserFeed {
  /** The last event of each listener. */
  private readonly positions = new Map<Listener, string>();
  /** Listeners that wait to join; one that leaves meanwhile does not. */
  private readonly joining = new Set<Listener>();
  private lastId: string | undefined;
  private running: Promise<void> = Promise.resolve();
  private isDue = false;
  private again: NodeJS.Timeout | undefined;

  constructor(private readonly listen: Listen) {}

  get isEmpty(): boolean {
    return this.positions.size === 0;
  }

  /** @param after what it has had before; undefined: it begins with the next event. @throws when the shard cannot be seen */
  async join(listener: Listener, after: string | undefined): Promise<void> {
    this.joining.add(listener);
    await this.inTurn(async () => {
      const lastId = await this.readOn(); // first, so that earlier listeners learn of a loss
      const heard = after === undefined ? { reset: false, lastId, events: [] } : await this.listen(after);
      if (!this.joining.has(listener)) return;
      const position = after === undefined || heard.reset ? heard.lastId : after;
      listener.send(beginning(position));
      if (heard.reset) listener.send(reset(heard.lastId));
      this.positions.set(listener, position);
      this.deliver(listener, heard.events);
    }).finally(() => this.joining.delete(listener));
  }

  leave(listener: Listener): void {
    this.joining.delete(listener);
    this.positions.delete(listener);
    if (this.isEmpty) clearTimeout(this.again);
  }

  /** There may be news. Never rejects. */
  wake(): void {
    if (this.isDue) return; // a read that has not begun yet reads these too
    this.isDue = true;
    void this.inTurn(async () => {
      this.isDue = false;
      if (!this.isEmpty) await this.readOn();
    }).catch(() => {
      clearTimeout(this.again);
      this.again = setTimeout(() => this.wake(), AGAIN_MS).unref();
    });
  }

  /** @returns the last event there is */
  private async readOn(): Promise<string> {
    const heard = await this.listen(this.lastId);
    this.lastId = heard.events.at(-1)?.id ?? heard.lastId;
    for (const listener of [...this.positions.keys()]) {
      if (heard.reset) {
        this.positions.set(listener, heard.lastId);
        listener.send(reset(heard.lastId));
      } else this.deliver(listener, heard.events);
    }
    return this.lastId;
  }

  private deliver(listener: Listener, events: readonly UserEvent[]): void {
    const position = this.positions.get(listener);
    if (position === undefined) return; // it has left
    const news = events.filter(({ id }) => isLater(id, position));
    if (news.length === 0) return;
    this.positions.set(listener, news.at(-1)!.id);
    listener.send(news.map(sseOf).join(''));
  }

  private inTurn(step: () => Promise<void>): Promise<void> {
    const done = this.running.then(step);
    this.running = done.catch(() => undefined);
    return done;
  }
}
