import { Injectable } from '@nestjs/common';
import { SHARED_CLOCK_OFFSET } from '../../../common/time/shared-clock';
import { SECOND_MS } from '../../../common/time/units';
import { LogSettings, QueueSettings } from '../../../config/settings';
import { HandlerRegistry } from '../../../handlers/handler-registry.service';
import { leaseMarginMs } from '../../../config/durations';
import { attemptContext } from '../attempt-context';
import { AttemptNotesBuffer } from '../attempt-notes';
import { endOf } from '../attempt-outcome';
import { DeadlineThread } from '../watchdog/deadline-thread';
import { Order, Report, TELLS_A_LEASE } from './messages';

/** Shortest time between two messages with notes, ms: a handler may write notes as often as it likes. */
const NOTES_MS = SECOND_MS / 4;

/**
 * The side of the isolated process: runs the attempts that its parent sends, one at a time, and ends with its parent.
 * If its event loop is blocked then, a thread ends it before the lease does. (P1)
 */
@Injectable()
export class IsolatedRunner {
  private readonly thread: DeadlineThread;
  private stopping = new AbortController();

  constructor(
    private readonly handlers: HandlerRegistry,
    private readonly queue: QueueSettings,
    log: LogSettings,
  ) {
    const { leaseMs } = queue;
    this.thread = new DeadlineThread({
      places: 1,
      everyMs: leaseMarginMs({ leaseMs }) / 4,
      blockedMs: leaseMs / 2,
      log,
    });
  }

  /** Takes orders from now on. */
  start(): void {
    this.thread.start();
    process.on('message', (order: Order) => this.follow(order));
    setInterval(() => this.tell({ kind: 'alive' }), this.queue.leaseMs / TELLS_A_LEASE).unref();
    this.tell({ kind: 'ready' });
  }

  private follow(order: Order): void {
    if (order.kind === 'run') void this.run(order);
    else if (order.kind === 'stop') this.stopping.abort(new Error(order.message));
    else if (this.thread.deadline !== undefined) this.thread.deadline = order.at; // otherwise it came after the end
  }

  private async run({ job, attempt, deadline, shardOffset }: Extract<Order, { kind: 'run' }>): Promise<void> {
    this.stopping = new AbortController();
    this.thread.deadline = deadline;
    let timer: NodeJS.Timeout | undefined;
    const tellNotes = () => {
      timer = undefined;
      this.tell({ kind: 'notes', notes: notes.notes });
    };
    const notes: AttemptNotesBuffer = new AttemptNotesBuffer(
      () => Math.floor(performance.now() + SHARED_CLOCK_OFFSET + shardOffset),
      () => (timer ??= setTimeout(tellNotes, NOTES_MS)),
    );
    const watched = this.thread.watch(
      `${job.requestId} ${job.userId} ${job.token} ${job.leasedAt} ${job.type}`,
    );
    const context = attemptContext({ job, signal: this.stopping.signal }, attempt, notes);
    const end = await endOf(() => watched.calling(() => this.handlers.run(context)));
    watched.end();
    this.thread.deadline = undefined;
    notes.close();
    clearTimeout(timer);
    tellNotes();
    this.tell({ kind: 'ended', end });
  }

  private tell(report: Report): void {
    if (process.connected) process.send?.(report, () => undefined);
  }
}
