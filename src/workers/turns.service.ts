import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock';
import { QueueSettings, WorkerSettings } from '../config/settings';
import type { Permit } from '../queue/permit';
import type { GivenJob } from '../queue/scripts/given-job';
import type { ServingWorker } from '../queue/scripts/shard-scripts.service';
import { ProcessStore } from '../queue/view/process.store';
import { ViewService } from '../queue/view/view.service';
import type { LeaseHolder } from '../turns/claimant';
import { Lanes } from './lanes.service';
import { Turn } from './turn';

/** A turn waits to run alone for so many leases at most, and keeps the others out for as many: they wait for it. (P5) */
const ALONE_LEASES = 3;

/** The turns that this process holds now: at most WORKER_CONCURRENCY, each of another user. */
@Injectable()
export class Turns implements LeaseHolder {
  private readonly held = new Map<string, Turn>();
  private readonly freed = new Set<() => void>();
  /** Turns that are to run with no other beside them, in the order in which they asked, and what ends that. */
  private readonly loners = new Map<Turn, NodeJS.Timeout>();

  constructor(
    private readonly view: ViewService,
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

  /** Who this process is to the scripts. */
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
    return this.wantsNone ? 0 : this.settings.concurrency - this.held.size;
  }

  /** Whether no further turn is to be begun, for one wants to run alone. */
  get wantsNone(): boolean {
    return this.loners.size > 0;
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

  /**
   * Resolves when no other turn runs in this process, or this one may not act any more; none is begun until it ends. But it
   * waits for ALONE_LEASES at most, and runs beside what is left then; and nothing waits longer than that for it.
   */
  async alone(turn: Turn): Promise<void> {
    this.keepOut(turn);
    const isAlone = () => {
      const [first] = this.loners.keys();
      return first === turn && this.all.every((each) => this.loners.has(each));
    };
    await this.until(() => isAlone() || !this.loners.has(turn) || !turn.mayAct, turn.signal);
    if (this.loners.has(turn)) this.keepOut(turn);
  }

  end(turn: Turn): void {
    turn.end();
    // The user's next turn may have taken its place already.
    if (this.held.get(turn.job.userId) === turn) this.held.delete(turn.job.userId);
    this.letIn(turn);
  }

  /** Calls back whenever a turn has ended, or keeps nobody out any more. @returns a function that ends it */
  onFreed(listener: () => void): () => void {
    this.freed.add(listener);
    return () => void this.freed.delete(listener);
  }

  /** Resolves when no turn is held but stuck ones, or when the signal aborts. */
  async whenNone(signal: AbortSignal): Promise<void> {
    await this.until(() => this.all.every(({ isStuck }) => isStuck), signal);
  }

  /** Nothing is begun because of this turn, from now on for as long as it may ask that. */
  private keepOut(turn: Turn): void {
    clearTimeout(this.loners.get(turn));
    const timer = setTimeout(() => this.letIn(turn), ALONE_LEASES * this.leaseMs);
    this.loners.set(turn, timer);
  }

  private letIn(turn: Turn): void {
    clearTimeout(this.loners.get(turn));
    this.loners.delete(turn);
    for (const listener of [...this.freed]) listener();
  }

  /** Resolves when the condition holds, which is looked at whenever a turn ends, or when the signal aborts. */
  private async until(condition: () => boolean, signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const look = () => {
        if (!condition() && !signal.aborted) return;
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
