import { hostname } from 'node:os';
import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Clock } from '../common/clock';
import { QueueSettings, WorkerSettings } from '../config/settings';
import type { Permit } from '../queue/permit';
import type { GivenJob } from '../queue/scripts/given-job';
import { ViewService } from '../queue/view/view.service';
import { Turn } from './turn';

/** The turns that this process holds now: at most WORKER_CONCURRENCY, each of another user. */
@Injectable()
export class Turns {
  /** This worker's name: fresh at every start, and shown with each attempt. */
  readonly worker = `${hostname().replace(/[^A-Za-z0-9._-]/g, '-')}-${uuid().slice(-12)}`;
  private readonly held = new Map<string, Turn>();
  private readonly freed = new Set<() => void>();

  constructor(
    private readonly view: ViewService,
    private readonly queue: QueueSettings,
    private readonly settings: WorkerSettings,
    private readonly clock: Clock,
  ) {}

  get free(): number {
    return this.settings.concurrency - this.held.size;
  }

  get all(): readonly Turn[] {
    return [...this.held.values()];
  }

  /**
   * Begins a turn that was given under a permit. A reply that comes when its epoch is not the view's any more is
   * dropped: the shard is being rebuilt, and the request with it. (P1)
   * @param sentAt monotonic time before the call that gave the job
   */
  begin(job: GivenJob, under: Permit, sentAt: number, inARow = 0): Turn | undefined {
    if (!under.isValid()) return undefined;
    this.view.sawSeq(job.seq);
    const turn = new Turn(job, this.view.permit(job.shard), sentAt, this.queue.leaseMs, this.clock, inARow);
    this.held.set(job.userId, turn);
    return turn;
  }

  end(turn: Turn): void {
    turn.end();
    // The user's next turn may have taken its place already.
    if (this.held.get(turn.job.userId) === turn) this.held.delete(turn.job.userId);
    for (const listener of [...this.freed]) listener();
  }

  /** Calls back whenever a turn has ended. @returns a function that ends it */
  onFreed(listener: () => void): () => void {
    this.freed.add(listener);
    return () => void this.freed.delete(listener);
  }

  /** Resolves when no turn is held, or when the signal aborts. */
  async whenNone(signal?: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const look = () => {
        if (this.held.size > 0 && !signal?.aborted) return;
        stopListening();
        resolve();
      };
      const stopListening = this.onFreed(look);
      signal?.addEventListener('abort', look, { once: true });
      look();
    });
  }
}
