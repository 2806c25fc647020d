import { Worker } from 'node:worker_threads';
import { levels } from 'pino';
import type { LogSettings } from '../../../config/settings';
import { CALLED, DEADLINE, STARTS, TEXT_BYTES, TURNED } from './layout';
import { WATCHER } from './watcher';

/** What the thread needs to report why it ends the process. */
export interface DeadlineOptions {
  /** Handlers that may run at once. */
  readonly places: number;
  /** How often the main thread says that its event loop turns, and the thread looks, ms. */
  readonly everyMs: number;
  /** An event loop that has not turned for so long is said to be blocked, ms. */
  readonly blockedMs: number;
  readonly log: LogSettings;
  /** Where to record that attempts will be lost, and by which worker; without it they are not recorded. */
  readonly record?: { readonly mongodbUri: string; readonly worker: string };
}

/** One running handler, for the thread. */
export interface Watched {
  /** Calls the handler. Until that returns its promise, only this handler can block the event loop. */
  calling<T>(handler: () => T): T;
  end(): void;
}

/**
 * A thread that ends this process (SIGKILL) at a deadline, whatever the main thread does, and logs which handlers were
 * running. (P1) It knows only what is in shared memory; noting a handler takes about a microsecond.
 */
export class DeadlineThread {
  /** Ms of the clock that all threads share. */
  private readonly numbers: Float64Array;
  private readonly texts: Uint8Array;
  private readonly free: number[];
  private readonly encoder = new TextEncoder();
  private thread: Worker | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: DeadlineOptions) {
    this.numbers = new Float64Array(new SharedArrayBuffer(8 * (STARTS + options.places)));
    this.texts = new Uint8Array(new SharedArrayBuffer(TEXT_BYTES * options.places));
    this.free = Array.from({ length: options.places }, (_, i) => i).reverse();
  }

  /** @param onTurn called each time the thread checks */
  start(onTurn: () => void = () => undefined): void {
    const { log, record, everyMs, blockedMs } = this.options;
    const { numbers, texts } = this;
    const mongodb = record && require.resolve('mongodb');
    const workerData = {
      numbers,
      texts,
      everyMs,
      blockedMs,
      record,
      mongodb,
      leastLevel: levels.values[log.level] ?? Infinity,
    };
    this.thread ??= new Worker(WATCHER, { eval: true, workerData });
    this.thread.unref();
    this.turned();
    this.timer ??= setInterval(() => {
      this.turned();
      onTurn();
    }, everyMs);
    this.timer.unref();
  }

  /** When the process must be gone, in ms of the clock that all threads share; undefined: never. */
  get deadline(): number | undefined {
    return this.numbers[DEADLINE] || undefined;
  }

  set deadline(at: number | undefined) {
    this.numbers[DEADLINE] = at ?? 0;
  }

  /** @param text see TEXT_BYTES */
  watch(text: string): Watched {
    const place = this.free.pop();
    if (place === undefined) return { calling: (handler) => handler(), end: () => undefined };
    const bytes = this.texts.subarray(place * TEXT_BYTES, (place + 1) * TEXT_BYTES);
    bytes.fill(0, this.encoder.encodeInto(text, bytes).written);
    this.numbers[STARTS + place] = now();
    return {
      calling: (handler) => {
        this.numbers[CALLED] = place + 1;
        try {
          return handler();
        } finally {
          this.numbers[CALLED] = 0;
        }
      },
      end: () => {
        this.numbers[STARTS + place] = 0;
        this.free.push(place);
      },
    };
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.thread?.terminate();
  }

  private turned(): void {
    this.numbers[TURNED] = now();
  }
}

const now = () => Number(process.hrtime.bigint()) / 1e6;
