import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import { SHARED_CLOCK_OFFSET } from '../../../common/time/shared-clock';
import { LogSettings, QueueSettings, StoreSettings, WorkerSettings } from '../../../config/settings';
import { leaseMarginMs } from '../../../config/durations';
import type { Turn } from '../turn';
import { HeldTurns } from '../held-turns.service';
import { DeadlineThread, Watched } from './deadline-thread';

/**
 * Ends this process (SIGKILL) before the lease or the view of a running handler ends: the handler ignored the abort, or
 * it blocks the event loop and could not receive it. A thread does this, because in both cases the main thread cannot
 * be relied on. Another worker runs the request again. (P1)
 */
@Injectable()
export class Watchdog implements OnApplicationShutdown {
  private readonly marginMs: number;
  private readonly thread: DeadlineThread;
  private isClosing = false;

  constructor(
    private readonly turns: HeldTurns,
    { leaseMs }: QueueSettings,
    { concurrency }: WorkerSettings,
    { mongodbUri }: StoreSettings,
    log: LogSettings,
  ) {
    this.marginMs = leaseMarginMs({ leaseMs });
    this.thread = new DeadlineThread({
      places: concurrency,
      everyMs: this.marginMs / 4,
      blockedMs: leaseMs / 2,
      log,
      record: { mongodbUri, worker: turns.worker },
    });
  }

  start(): void {
    this.thread.start(() => void this.update());
  }

  /** A handler begins. From now on the end of its turn counts, until `end`. */
  watch(turn: Turn): Watched {
    const { requestId, userId, token, leasedAt, type } = turn.job;
    const watched = this.thread.watch(`${requestId} ${userId} ${token} ${leasedAt} ${type}`);
    const at = this.deadlineOf(turn);
    if (this.thread.deadline === undefined || at < this.thread.deadline) this.thread.deadline = at;
    turn.isRunning = true;
    return {
      calling: (handler) => watched.calling(handler),
      end: () => {
        turn.isRunning = false;
        watched.end();
      },
    };
  }

  /** The thread lives as long as any handler: later closing steps may hang while a lease ends. (P1) */
  async onApplicationShutdown(): Promise<void> {
    this.isClosing = true;
    await this.update();
  }

  private async update(): Promise<void> {
    const running = this.turns.all.filter((turn) => turn.isRunning);
    this.thread.deadline =
      running.length === 0 ? undefined : Math.min(...running.map((turn) => this.deadlineOf(turn)));
    if (this.isClosing && running.length === 0) await this.thread.stop();
  }

  private deadlineOf(turn: Turn): number {
    return SHARED_CLOCK_OFFSET + turn.goneBy - this.marginMs;
  }
}
