import { Injectable, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { EventLog } from '../../common/log/event-log';
import { SECOND_MS } from '../../common/time/units';
import { withAnyOf } from '../../common/flow/with-any-of';
import { QueueSettings } from '../../config/settings';
import { EventBus } from '../../events/event-bus';
import { CallbackAttempt } from './callback-attempt.service';
import { CallbackStore, DueCallback } from './callback-store.service';

/** Due callbacks are looked for this often, and at once again while there are some. */
const POLL_MS = SECOND_MS;
/** Callbacks under way at once in this process, each of another user: one user's slow target holds one slot. (P5) */
const SLOTS = 64;
/** A callback is leased for so many LEASEs, and may take half of that: 30 s and 15 s by default. */
const LEASES = 3;

/**
 * Tells callback URLs of the ends of requests, beside the queues: no turn waits for it.
 *
 *     due -> leased -> sent -> delivered, or failed for good
 *      `-- waited out <---'      a process that dies leaves a lease, which ends: at least once
 */
@Injectable()
export class CallbackLoop implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new EventLog(CallbackLoop.name);
  private readonly underWay = new Map<string, Promise<void>>();
  private readonly stopping = new AbortController();
  private readonly leaseMs: number;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;

  constructor(
    private readonly store: CallbackStore,
    private readonly attempt: CallbackAttempt,
    private readonly events: EventBus,
    { leaseMs }: QueueSettings,
  ) {
    this.leaseMs = LEASES * leaseMs;
  }

  onApplicationBootstrap(): void {
    this.schedule();
  }

  /** What is under way is broken off, and made again elsewhere when its lease ends. */
  async onModuleDestroy(): Promise<void> {
    this.stopping.abort(new Error('This process is shutting down.'));
    clearTimeout(this.timer);
    await this.looking;
    await Promise.all(this.underWay.values());
  }

  /** Begins what is due, as long as slots are free. Never rejects. */
  async runOnce(): Promise<void> {
    try {
      while (this.underWay.size < SLOTS && !this.stopping.signal.aborted) {
        const due = await this.store.lease(this.leaseMs, [...this.underWay.keys()]);
        if (!due) return;
        this.begin(due);
      }
    } catch (cause) {
      this.log.write('step.failed', { step: 'look for callbacks', cause });
    }
  }

  private begin(due: DueCallback): void {
    const { userId } = due.request;
    const made = this.make(due).finally(() => {
      this.underWay.delete(userId);
      this.schedule(0); // there may be more of this user
    });
    this.underWay.set(userId, made);
  }

  private async make(due: DueCallback): Promise<void> {
    const { _id: requestId, userId } = due.request;
    const limits = [this.stopping.signal, AbortSignal.timeout(this.leaseMs / 2)];
    const result = await withAnyOf(limits, (signal) => this.attempt.make(due, signal));
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
