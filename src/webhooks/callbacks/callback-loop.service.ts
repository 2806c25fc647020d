import { setMaxListeners } from 'node:events';
import { Injectable, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { EventLog } from '../../common/log/event-log';
import { Clock } from '../../common/time/clock';
import { SECOND_MS } from '../../common/time/units';
import { withAnyOf } from '../../common/flow/with-any-of';
import { QueueSettings } from '../../config/settings';
import { EventBus } from '../../events/event-bus';
import { CallbackAttempt } from './callback-attempt.service';
import { CallbackPlaces } from './callback-places';
import { CallbackStore, DueCallback } from './callback-store.service';

/** How often due callbacks are looked for. While there are some, the next look follows at once. */
const POLL_MS = SECOND_MS;
/** Lease of a callback, in LEASEs. An attempt may take half of it: 30 s and 15 s by default. */
const LEASES = 3;

/**
 * Sends callbacks when requests end. Runs beside the queues, so no turn waits for it.
 *
 *     due -> leased -> sent -> delivered, or failed permanently
 *      `-- waited out <---'      the lease of a process that dies ends: at least once
 */
@Injectable()
export class CallbackLoop implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new EventLog(CallbackLoop.name);
  private readonly underWay = new Set<Promise<void>>();
  private readonly places: CallbackPlaces;
  /** The user whose first attempt started last. The next one is for a user after that. */
  private after = '';
  private isTurnOfFirsts = false;
  private readonly stopping = new AbortController();
  private readonly leaseMs: number;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;

  constructor(
    private readonly store: CallbackStore,
    private readonly attempt: CallbackAttempt,
    private readonly events: EventBus,
    { leaseMs }: QueueSettings,
    clock: Clock,
  ) {
    this.leaseMs = LEASES * leaseMs;
    setMaxListeners(0, this.stopping.signal); // one listener per attempt
    this.places = new CallbackPlaces(clock);
  }

  onApplicationBootstrap(): void {
    this.schedule();
  }

  /** Aborts running attempts. Another process repeats them when their leases end. */
  async onModuleDestroy(): Promise<void> {
    this.stopping.abort(new Error('This process is shutting down.'));
    clearTimeout(this.timer);
    await this.looking;
    await Promise.all(this.underWay);
  }

  /** Starts due callbacks while there are places. Never rejects. */
  async runOnce(): Promise<void> {
    try {
      while (this.places.hasRoom && !this.stopping.signal.aborted) {
        const due = await this.next();
        if (!due) return;
        const waitMs = this.places.enter(due.request.userId, new URL(due.url).host);
        if (waitMs === undefined) this.begin(due);
        else await this.store.putOff(due, waitMs);
      }
    } catch (cause) {
      this.log.write('step.failed', { step: 'look for callbacks', cause });
    }
  }

  /**
   * Chooses the next callback. First attempts alternate between users, one each; later attempts come in the order in
   * which they are due; and the two kinds alternate, so that no user's backlog delays another user. (P5)
   */
  private async next(): Promise<DueCallback | undefined> {
    this.isTurnOfFirsts = !this.isTurnOfFirsts;
    const again = () => this.store.leaseAgain(this.leaseMs, this.places.users);
    return this.isTurnOfFirsts
      ? ((await this.first()) ?? (await again()))
      : ((await again()) ?? (await this.first()));
  }

  private async first(): Promise<DueCallback | undefined> {
    const from = (after: string) => this.store.leaseFirst(this.leaseMs, this.places.users, after);
    const due = (await from(this.after)) ?? (this.after === '' ? undefined : await from(''));
    this.after = due?.request.userId ?? '';
    return due;
  }

  private begin(due: DueCallback): void {
    const made = this.make(due).finally(() => {
      this.underWay.delete(made);
      this.places.leave(due.request.userId);
      this.schedule(0); // there may be more of this user
    });
    this.underWay.add(made);
  }

  private async make(due: DueCallback): Promise<void> {
    const { _id: requestId, userId } = due.request;
    const limits = [this.stopping.signal, AbortSignal.timeout(this.leaseMs / 2)];
    const result = await withAnyOf(limits, (signal) => this.attempt.make(due, signal));
    this.places.answered(userId);
    if (this.stopping.signal.aborted && result.outcome !== 'delivered') return;
    try {
      await this.store.record(due, result);
    } catch (cause) {
      this.log.write('step.failed', { step: 'record a callback', requestId, userId, cause });
    }
    this.events.emit('callback.attempted', { userId, requestId, outcome: result.outcome ?? 'retried' });
  }

  private schedule(wait = POLL_MS * (0.75 + Math.random() / 2)): void {
    if (this.stopping.signal.aborted) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.looking ??= this.runOnce().finally(() => {
        this.looking = undefined;
        this.schedule();
      });
    }, wait);
  }
}
