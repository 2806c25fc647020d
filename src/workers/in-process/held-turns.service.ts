import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/time/clock';
import { QueueSettings, WorkerSettings } from '../../config/settings';
import type { Permit } from '../../queue/epochs/permit';
import type { LeasedJob } from '../../queue/scripts/leased-job';
import type { ServingWorker } from '../../queue/scripts/claim';
import { ProcessStore } from '../../queue/epochs/process.store';
import { EpochView } from '../../queue/epochs/epoch-view.service';
import type { LeaseHolder } from '../turns/claimant';
import { Lanes } from './lanes.service';
import { Turn } from './turn';

/** The turns that this process holds now: at most WORKER_CONCURRENCY, each of another user. */
@Injectable()
export class HeldTurns implements LeaseHolder {
  private readonly held = new Map<string, Turn>();
  private readonly freed = new Set<() => void>();

  constructor(
    private readonly view: EpochView,
    private readonly queue: QueueSettings,
    private readonly settings: WorkerSettings,
    private readonly lanes: Lanes,
    private readonly clock: Clock,
    private readonly process: ProcessStore,
  ) {}

  /** This worker's name. */
  get worker(): string {
    return this.process.worker;
  }

  /** How this process appears to the scripts. */
  get serving(): ServingWorker {
    return { name: this.worker, lanes: this.lanes.words };
  }

  get leaseMs(): number {
    return this.queue.leaseMs;
  }

  get tokens(): ReadonlySet<number> {
    return new Set(this.all.map(({ job }) => job.token));
  }

  get free(): number {
    return this.settings.concurrency - this.held.size;
  }

  get all(): readonly Turn[] {
    return [...this.held.values()];
  }

  /**
   * Begins a turn that was leased under a permit. Drops a reply whose epoch is no longer the view's: the shard is being
   * rebuilt, and the request with it. (P1)
   * @param sentAt monotonic time before the call that returned the job
   */
  begin(job: LeasedJob, under: Permit, sentAt: number, inARow = 0): Turn | undefined {
    if (!under.isValid()) return undefined;
    this.view.sawSeq(job.seq);
    const turn = new Turn(job, this.view.permit(job.shard), sentAt, this.queue.leaseMs, this.clock, inARow);
    this.held.set(job.userId, turn);
    return turn;
  }

  end(turn: Turn): void {
    turn.end();
    // The user's next turn may already have taken its place.
    if (this.held.get(turn.job.userId) === turn) this.held.delete(turn.job.userId);
    for (const listener of [...this.freed]) listener();
  }

  /** Calls back whenever a turn has ended. @returns a function that ends it */
  onFreed(listener: () => void): () => void {
    this.freed.add(listener);
    return () => void this.freed.delete(listener);
  }

  /** Resolves when only stuck turns are held, or when the signal aborts. */
  async whenNone(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const look = () => {
        if (!signal.aborted && !this.all.every(({ isStuck }) => isStuck)) return;
        stopListening();
        signal.removeEventListener('abort', look);
        resolve();
      };
      const stopListening = this.onFreed(look);
      signal.addEventListener('abort', look);
      look();
    });
  }
}
