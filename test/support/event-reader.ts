import { setTimeout as delay } from 'node:timers/promises';
import type { ApiUser } from './cluster';
import { until } from './until';

/** One event as a client receives it. */
export interface HeardEvent {
  readonly id: string;
  readonly event: string;
  readonly data: { readonly type: string; readonly requestId?: string } & Record<string, unknown>;
}

/** A client of `GET /events`. */
export class EventReader {
  readonly events: HeardEvent[] = [];
  /** The last event ID that the stream has sent. */
  lastId = '';
  comments = 0;
  hasEnded = false;
  private readonly stopping = new AbortController();

  private constructor(readonly answer: Response) {}

  /** Resolves when the stream has started; repeats after a 503 (the shard is not open yet). @throws with another status */
  static async open(user: ApiUser, headers: Record<string, string> = {}): Promise<EventReader> {
    let answer = await user.call('GET', '/events', undefined, headers);
    for (; answer.status === 503; answer = await user.call('GET', '/events', undefined, headers)) {
      await answer.body?.cancel();
      await delay(100);
    }
    if (answer.status !== 200) throw new Error(`events: ${answer.status} ${await answer.text()}`);
    const reader = new EventReader(answer);
    void reader.read();
    await until('the stream has begun', () => reader.lastId !== '' || reader.hasEnded);
    return reader;
  }

  get types(): string[] {
    return this.events.map(({ event }) => event);
  }

  of(requestId: string): string[] {
    return this.events.filter(({ data }) => data.requestId === requestId).map(({ event }) => event);
  }

  close(): void {
    this.stopping.abort();
  }

  private async read(): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    try {
      const body = this.answer.body!.getReader();
      this.stopping.signal.addEventListener('abort', () => void body.cancel().catch(() => undefined));
      for (let part = await body.read(); !part.done; part = await body.read()) {
        text += decoder.decode(part.value, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) this.take(block);
      }
    } catch {
      // The connection was cut.
    }
    this.hasEnded = true;
  }

  private take(block: string): void {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    this.lastId = field('id') ?? this.lastId;
    if (block.startsWith(':')) this.comments += 1;
    const [event, data] = [field('event'), field('data')];
    if (event !== undefined && data !== undefined)
      this.events.push({ id: this.lastId, event, data: JSON.parse(data) as HeardEvent['data'] });
  }
}
