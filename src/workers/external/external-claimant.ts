import type { Clock } from '../../common/time/clock';
import { EXTERNAL_GRACE_MS } from '../../config/durations';
import type { Permit } from '../../queue/epochs/permit';
import type { LeasedJob } from '../../queue/scripts/leased-job';
import type { ServingWorker } from '../../queue/scripts/claim';
import type { EpochView } from '../../queue/epochs/epoch-view.service';
import type { Claimant } from '../turns/claimant';
import { type Settlement, UNSEEN } from '../turns/settlement';
import { ExternalTurn } from './external-turn';

/** A turn that can be given to an external worker. */
export interface ExternalAttempt {
  readonly turn: ExternalTurn;
  /** Starts at 1. */
  readonly attempt: number;
}

/** Decides about a turn before it is given: looks it up if it is doubtful, keeps it, or hands it back. */
export interface TurnKeeper {
  /** Never rejects. @returns undefined if it must not run: it was settled, or its lease ends unused */
  prepare(turn: ExternalTurn): Promise<ExternalAttempt | undefined>;
  /** @param how UNSEEN if it was not prepared */
  handBack(turn: ExternalTurn, how?: Settlement): Promise<void>;
}

/** Time limit of a look at all shards. If the stores answer, it takes some milliseconds. */
const LOOK_MS = 2_000;

interface Waiter {
  readonly max: number;
  readonly items: ExternalAttempt[];
  /** Turns that are being prepared for this claim. */
  preparing: number;
  /** Whether it looks only once, because its time is up. */
  looksOnce: boolean;
  /** Passes over the shards since the claim arrived. */
  passes: number;
  resolve(items: readonly ExternalAttempt[]): void;
}

/**
 * The claims of one external worker at this process, for the same lanes with the same lease. They share one claim loop.
 *
 *     claim -> waits -> the loop takes turns for it -> looked up, if doubtful -> answered at the end of the pass
 *                 `-- its time is up, or the client is gone: a turn that comes too late is handed back
 */
export class ExternalClaimant implements Claimant {
  readonly leaseMs: number;
  readonly graceMs = EXTERNAL_GRACE_MS;
  private readonly waiters = new Set<Waiter>();
  private readonly freed = new Set<() => void>();

  constructor(
    readonly serving: ServingWorker,
    private readonly toldMs: number,
    private readonly keeper: TurnKeeper,
    private readonly view: EpochView,
    private readonly clock: Clock,
  ) {
    this.leaseMs = toldMs + EXTERNAL_GRACE_MS;
  }

  /** Nothing is handed back: leases in a lost reply last until they end. */
  readonly tokens: ReadonlySet<number> = new Set();

  get free(): number {
    return [...this.waiters].reduce((sum, waiter) => sum + roomOf(waiter), 0);
  }

  get isIdle(): boolean {
    return this.waiters.size === 0;
  }

  /**
   * Resolves with up to `max` turns, each of another user, as soon as there are some. Otherwise resolves with none when
   * the time is up or the signal aborts, but not before all shards were checked. @param waitMs 0: checks once
   */
  async claim(max: number, waitMs: number, gone: AbortSignal): Promise<readonly ExternalAttempt[]> {
    return new Promise((resolve) => {
      const waiter: Waiter = {
        max,
        items: [],
        preparing: 0,
        looksOnce: waitMs === 0,
        passes: 0,
        resolve: (items) => {
          clearTimeout(soon);
          clearTimeout(late);
          gone.removeEventListener('abort', stop);
          this.waiters.delete(waiter);
          resolve(items);
        },
      };
      const stop = () => waiter.resolve([...waiter.items]);
      const soon = setTimeout(() => {
        waiter.looksOnce = true;
        this.answerIfReady(waiter);
        this.wakeLoop();
      }, waitMs);
      const late = setTimeout(stop, Math.max(waitMs, LOOK_MS));
      gone.addEventListener('abort', stop);
      this.waiters.add(waiter);
      this.wakeLoop();
    });
  }

  onFreed(listener: () => void): () => void {
    this.freed.add(listener);
    return () => void this.freed.delete(listener);
  }

  take(job: LeasedJob, under: Permit, sentAt: number): void {
    if (!under.isValid()) return; // the shard is being rebuilt, and the request with it (P1)
    this.view.sawSeq(job.seq);
    const permit = this.view.permit(job.shard);
    const turn = new ExternalTurn(
      job,
      permit,
      sentAt,
      Math.min(this.toldMs, job.options.timeout),
      this.clock,
    );
    const waiter = [...this.waiters].find((each) => roomOf(each) > 0);
    if (waiter) void this.give(turn, waiter);
    else void this.keeper.handBack(turn, UNSEEN);
  }

  passed(): void {
    for (const waiter of [...this.waiters]) {
      waiter.passes += 1;
      this.answerIfReady(waiter);
      // It may have arrived in the middle of a pass: makes one more pass, and no further ones, which would leave no
      // time for anything else.
      if (waiter.looksOnce && waiter.passes < 2) this.wakeLoop();
    }
  }

  private async give(turn: ExternalTurn, waiter: Waiter): Promise<void> {
    waiter.preparing += 1;
    const prepared = await this.keeper.prepare(turn);
    waiter.preparing -= 1;
    if (prepared && !this.waiters.has(waiter)) return this.keeper.handBack(turn);
    if (prepared) waiter.items.push(prepared);
    else this.wakeLoop(); // there is room again
    this.answerIfReady(waiter);
  }

  private answerIfReady(waiter: Waiter): void {
    if (waiter.preparing > 0 || waiter.passes === 0) return;
    const isServed = waiter.items.length > 0 || (waiter.looksOnce && waiter.passes > 1);
    if (isServed && this.waiters.has(waiter)) waiter.resolve(waiter.items);
  }

  private wakeLoop(): void {
    for (const listener of [...this.freed]) listener();
  }
}

const roomOf = ({ max, items, preparing }: Waiter) => max - items.length - preparing;
