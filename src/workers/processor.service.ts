import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../common/clock';
import { SECOND_MS } from '../common/time';
import { QueueSettings } from '../config/settings';
import { EventBus } from '../events/event-bus';
import type { FinalStatus } from '../events/event-map';
import { ShardClosed } from '../queue/scripts/script-runner';
import { SettleItem, ShardScripts } from '../queue/scripts/shard-scripts.service';
import { Journal, Recorded } from '../requests/record/journal.service';
import { AttemptRunner } from './attempt-runner.service';
import { HandBack } from './hand-back.service';
import type { Turn } from './turn';
import { Turns } from './turns.service';

/** Requests of one user that a worker runs in a row while others wait. (P5) */
const QUANTUM = 5;
/** Workers that may die of a request before it is failed. A crash never counts as an attempt. */
const MAX_CRASHES = 3;
/** From so many on it runs alone in its process, so that it cannot take its neighbours down with it. */
const ALONE_FROM_CRASHES = 2;

/** What the user's queue is told at the end of a turn. */
type Settlement = Pick<SettleItem, 'op' | 'attemptsMade' | 'notBefore'>;

const DONE: Settlement = { op: 'done', attemptsMade: 0, notBefore: 0 };
const BACK: Settlement = { op: 'back', attemptsMade: 0, notBefore: 0 };
const retry = (attemptsMade: number, notBefore = 0): Settlement => ({ op: 'retry', attemptsMade, notBefore });

/**
 * The processor of the users' queues, one request of a user at a time: concurrency 1 is kept by the user's lease
 * in Redis, not by a Bull processor, whose concurrency counts within one process only. (P1)
 *
 *     check (if the job says so) -> run -> record (MongoDB) -> settle (Redis), which may give the user's next
 *
 * Every step is repeated until its turn ends, and dropped then: whoever has the user next looks the request up.
 */
@Injectable()
export class Processor {
  private readonly log = new Logger(Processor.name);
  /** From a shutdown on, no user's next is asked for. */
  private closing = false;

  constructor(
    private readonly turns: Turns,
    private readonly runner: AttemptRunner,
    private readonly journal: Journal,
    private readonly scripts: ShardScripts,
    private readonly handBack: HandBack,
    private readonly events: EventBus,
    private readonly settings: QueueSettings,
    private readonly clock: Clock,
  ) {}

  close(): void {
    this.closing = true;
  }

  /** Takes a turn to its end, and the user's following ones that settling gives. Never rejects. */
  async process(first: Turn): Promise<void> {
    for (let turn: Turn | undefined = first; turn;) {
      let next: Turn | undefined;
      try {
        const settlement = await this.advance(turn);
        if (settlement) next = await this.settle(turn, settlement);
      } catch (error) {
        this.log.error(
          `request ${turn.job.requestId} was dropped`,
          error instanceof Error ? error.stack : String(error),
        );
      } finally {
        this.turns.end(turn);
      }
      turn = next;
    }
  }

  /** @returns what to settle; undefined when the turn is not this worker's any more */
  private async advance(turn: Turn): Promise<Settlement | undefined> {
    let attemptsMade = turn.job.attemptsMade;
    if (turn.job.check !== 'none') {
      const checked = await this.check(turn);
      if (!checked || 'op' in checked) return checked;
      attemptsMade = checked.attemptsMade;
    }
    if (!turn.mayAct) return undefined;
    const end = await this.runner.run(turn, attemptsMade + 1);
    if (!end) return turn.mayAct && turn.stoppedFor === 'shutdown' ? BACK : undefined;
    const { requestId, token } = turn.job;
    const recorded = await this.untilDone(turn, () =>
      this.journal.recordOutcome({ requestId, token, attempt: attemptsMade + 1, ...end }),
    );
    if (recorded?.kind === 'decided' && recorded.state?.status === 'cancelled')
      await this.untilDone(turn, () => this.journal.appendToCancelled(requestId, token, end.record));
    if (recorded?.kind !== 'recorded') return recorded && this.asDecided(turn, recorded);
    if (end.then.kind === 'retry') return retry(attemptsMade + 1, end.then.notBefore);
    this.ended(turn, end.then.kind);
    return DONE;
  }

  /** Looks a doubtful job up before it runs. @returns what to settle instead of running it, if so */
  private async check(turn: Turn): Promise<Settlement | { readonly attemptsMade: number } | undefined> {
    const { requestId, userId, shard, seq, token, check, previous, attemptsMade } = turn.job;
    const takenBack = check === 'taken_back' ? previous : undefined;
    const checked = await this.untilDone(turn, () =>
      this.journal.check({ requestId, userId, shard, seq, token, takenBack }),
    );
    if (!checked || checked.kind === 'late') return undefined;
    if (checked.kind !== 'run') return DONE;
    if (checked.crashes >= MAX_CRASHES) return this.failAfterCrashes(turn);
    // An outcome was recorded that Redis never heard of: it waits out its backoff first.
    if (checked.attemptsMade > attemptsMade) return retry(checked.attemptsMade, checked.notBefore);
    if (checked.crashes >= ALONE_FROM_CRASHES) await this.turns.alone(turn);
    return { attemptsMade: checked.attemptsMade };
  }

  private async failAfterCrashes(turn: Turn): Promise<Settlement | undefined> {
    const { requestId, token } = turn.job;
    const error = { code: 'worker_lost', message: `Its worker died ${MAX_CRASHES} times while it ran.` };
    const recorded = await this.untilDone(turn, () =>
      this.journal.failAfterCrashes({ requestId, token, error, finishedAt: turn.shardTime() }),
    );
    if (recorded?.kind !== 'recorded') return recorded && this.asDecided(turn, recorded);
    this.ended(turn, 'failed');
    return DONE;
  }

  /** Somebody else's write was first, and what it says is what Redis is told. */
  private asDecided(turn: Turn, { state }: Extract<Recorded, { kind: 'decided' }>): Settlement | undefined {
    if (!state?.pending) return DONE;
    return state.token > turn.job.token ? undefined : retry(state.attemptsMade, state.notBefore);
  }

  /** @returns the user's next turn, if it was given at once */
  private async settle(turn: Turn, settlement: Settlement): Promise<Turn | undefined> {
    const { shard, userId, requestId, token } = turn.job;
    const want =
      this.closing || this.turns.wantsNone || !turn.permit.isValid()
        ? 'nothing'
        : turn.inARow + 1 < QUANTUM
          ? 'next'
          : 'next_if_alone';
    let sentAt = 0;
    const settled = await this.untilDone(turn, () => {
      sentAt = this.clock.monotonic();
      const item = { userId, requestId, token, want, ...settlement } as const;
      return this.scripts.settle(shard, turn.permit.epoch, this.turns.worker, this.settings.leaseMs, item);
    });
    // Not settled by this call: by one whose reply was lost, perhaps, and that may have given the user's next.
    if (settled?.outcome !== 'settled') this.handBack.replyLost(shard);
    if (settled?.outcome !== 'settled' || !settled.next) return undefined;
    return this.turns.begin(settled.next, turn.permit, sentAt, turn.inARow + 1);
  }

  /** Repeats a call that may be repeated, until it is done or the turn has ended. */
  private async untilDone<T>(turn: Turn, call: () => Promise<T>): Promise<T | undefined> {
    for (let wait = 20; turn.mayAct; wait = Math.min(2 * wait, SECOND_MS)) {
      try {
        return await call();
      } catch (error) {
        if (error instanceof ShardClosed) return undefined; // the recovery finds what is recorded
        this.log.warn(`request ${turn.job.requestId}: trying again: ${String(error)}`);
        await delay(wait);
      }
    }
    return undefined;
  }

  private ended({ job }: Turn, status: FinalStatus): void {
    const { userId, requestId, type } = job;
    this.events.emit('request.ended', { userId, requestId, type, status });
  }
}
