import { Worker } from 'node:worker_threads';
import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import { QueueSettings } from '../config/settings';
import { leaseMarginMs } from '../queue/permit';
import type { Turn } from './turn';
import { Turns } from './turns.service';

/**
 * Ends this process (SIGKILL) before the lease, or the view, has ended of a handler that is still running: it ignored
 * that it was told to stop, or it blocks the event loop, so that nobody here could tell it. It runs in a thread of its own, for in both
 * cases the main thread cannot be relied on. The request is run again by another worker. (P1)
 */
@Injectable()
export class Watchdog implements OnApplicationShutdown {
  /** When to end the process, in ms of the clock that all threads share; 0: never. */
  private readonly deadline = new Float64Array(new SharedArrayBuffer(8));
  private readonly marginMs: number;
  private thread: Worker | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly turns: Turns,
    settings: QueueSettings,
  ) {
    this.marginMs = leaseMarginMs(settings.leaseMs);
  }

  start(): void {
    const every = this.marginMs / 4;
    this.thread ??= new Worker(THREAD, { eval: true, workerData: { deadline: this.deadline, every } });
    this.thread.unref();
    this.timer ??= setInterval(() => this.update(), every);
  }

  /** A handler begins: from now on its turn's end counts. */
  watch(turn: Turn): void {
    const at = this.deadlineOf(turn);
    if (this.deadline[0] === 0 || at < this.deadline[0]!) this.deadline[0] = at;
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.thread?.terminate();
  }

  private update(): void {
    const running = this.turns.all.filter((turn) => turn.isRunning).map((turn) => this.deadlineOf(turn));
    this.deadline[0] = running.length === 0 ? 0 : Math.min(...running);
  }

  private deadlineOf(turn: Turn): number {
    return SHARED_CLOCK_OFFSET + turn.goneBy - this.marginMs;
  }
}

/** From this thread's monotonic time to the one that all threads share, whatever is done to the machine's date. */
const SHARED_CLOCK_OFFSET = Number(process.hrtime.bigint()) / 1e6 - performance.now();

const THREAD = `
const { workerData: { deadline, every } } = require('node:worker_threads');
setInterval(() => {
  const at = deadline[0];
  if (at !== 0 && Number(process.hrtime.bigint()) / 1e6 >= at) process.kill(process.pid, 'SIGKILL');
}, every);
`;
