import { Injectable } from '@nestjs/common';
import { EventLog } from '../../common/log/event-log';
import { traceOf } from '../../common/trace/traceparent';
import { EventBus } from '../../events/event-bus';
import { FinalStatus, shownCode } from '../../events/event-map';
import { UserEvents } from '../../queue/user-events.service';
import { PurgeService } from '../../user-queue/control/purge.service';
import type { OutcomeThen } from '../../journal/fenced-updates';
import { Journal, LookedUp, Recorded } from '../../journal/journal.service';
import { QueueRecords } from '../../journal/queue-records.service';
import type { EndedAttempt, RequestState } from '../../journal/request-document';
import { lossesOf, type Loss } from '../../queue/scripts/leased-job';
import { bytesOf } from '../../journal/stored-text';
import { AttemptEnd, outcomeOfFailure, requestErrorOf, timedOut } from './attempt-end';
import type { HeldTurn } from './claimant';
import { DONE, endedAs, haltedBy, rechecked, retry, Settlement } from './settlement';
import { untilDone } from './until-done';

/** Workers that a request may kill before it fails. A crash never counts as an attempt. */
const MAX_CRASHES = 3;
/** A request that has killed this many workers is a suspect: it runs in a separate process. (P5) */
export const SUSPECT_FROM_CRASHES = 2;

/** A request that was looked up and must run. */
export interface ToRun {
  readonly attemptsMade: number;
  /** How often its worker died while running it. */
  readonly crashes: number;
}

/**
 * The MongoDB side of a turn: looks doubtful requests up, records outcomes, and decides what to settle in the queue.
 * MongoDB decides; the first write wins. `undefined` always means that the caller no longer has the turn.
 */
@Injectable()
export class Recorder {
  private readonly log = new EventLog(Recorder.name);

  constructor(
    private readonly journal: Journal,
    private readonly queues: QueueRecords,
    private readonly purges: PurgeService,
    private readonly events: EventBus,
    private readonly userEvents: UserEvents,
  ) {}

  /**
   * Looks a doubtful job up before it runs. @returns what is known about it, or what to settle instead of running it
   */
  async lookUp(turn: HeldTurn): Promise<Settlement | ToRun | undefined> {
    const { requestId, userId, shard, seq, token, previous, attemptsMade } = turn.job;
    for (const loss of lossesOf(previous, token)) {
      const overdue = loss.lost.isTimedOut ? await this.recordTimeout(turn, loss) : undefined;
      if (overdue) return overdue;
    }
    const found = await untilDone('look up a request', turn, this.log, () =>
      this.journal.lookUp({ requestId, userId, shard, seq, token, takenBack: previous }),
    );
    if (!found || found.kind === 'late') return undefined;
    if (found.kind === 'missing') return DONE;
    if (found.kind === 'ended') return this.afterEnd(turn, found.state);
    this.tellLoss(turn, found);
    if (found.crashes >= MAX_CRASHES) return this.failAfterCrashes(turn);
    // Redis never received the recorded outcome, so the request first waits for its backoff.
    if (found.attemptsMade > attemptsMade) {
      const waits = retry(found.attemptsMade, found.notBefore, found.lastEndedAt);
      return found.crashes >= SUSPECT_FROM_CRASHES ? rechecked(waits) : waits;
    }
    return { attemptsMade: found.attemptsMade, crashes: found.crashes };
  }

  /** Tells of the attempt from which a request was taken back, if it was. */
  private tellLoss(
    { job: { requestId, userId, type, previous } }: HeldTurn,
    { isLost, lostBy, crashes, worker }: Extract<LookedUp, { kind: 'run' }>,
  ): void {
    const code = lostBy?.code ?? 'unknown';
    if (worker !== undefined)
      this.events.emit('attempt.taken_back', { userId, requestId, type, worker, code });
    if (crashes > 0 || isLost)
      this.log.write('attempt.taken_back', {
        requestId,
        userId,
        type,
        crashes,
        worker: worker ?? previous?.worker,
        errorCode: code,
      });
  }

  /** Emits the start of an attempt that was looked up first; for all others the script does. */
  async tellStarted({ job: { userId, requestId } }: HeldTurn, attempt: number): Promise<void> {
    await this.userEvents.tell(userId, 'request.started', requestId, { attempt });
  }

  /** Records how an attempt ended. */
  async record(
    turn: HeldTurn,
    attempt: number,
    { record, then }: AttemptEnd,
  ): Promise<Settlement | undefined> {
    const { requestId, token } = turn.job;
    const outcome = await this.withPolicy(turn, then);
    if (!outcome) return undefined;
    const recorded = await untilDone('record an outcome', turn, this.log, () =>
      this.journal.recordOutcome({ requestId, token, attempt, record, then: outcome }),
    );
    if (recorded?.kind === 'decided' && recorded.state?.status === 'cancelled')
      await untilDone('record an outcome', turn, this.log, () =>
        this.journal.appendToCancelled(requestId, token, record),
      );
    if (recorded?.kind !== 'recorded') return recorded && this.asDecided(turn, recorded);
    const result = outcome.kind === 'succeeded' ? outcome.result : undefined;
    this.events.emit('bytes.stored', { userId: turn.job.userId, bytes: bytesOf(record, result) });
    return this.afterOutcome(turn, attempt, outcome, record.finishedAt);
  }

  /** Records that the process of an attempt died, which is one crash too many. @param lost the attempt */
  async recordCrash(turn: HeldTurn, lost: EndedAttempt): Promise<Settlement | undefined> {
    const { requestId, token } = turn.job;
    const settlement = await this.failAfterCrashes(turn, lost);
    if (settlement?.ended === 'cancelled')
      await untilDone('record an outcome', turn, this.log, () =>
        this.journal.appendToCancelled(requestId, token, lost),
      );
    return settlement;
  }

  /**
   * A lost attempt used up the time of an external worker, so it counts as timed out. Its worker reported
   * nothing, and can report nothing more.
   * @returns undefined if that must not be recorded: it had not begun, a later one had, or its end is recorded
   */
  private async recordTimeout(
    turn: HeldTurn,
    { lost, nextLookUpToken }: Loss,
  ): Promise<Settlement | undefined> {
    const { requestId, userId, type, token, attemptsMade, options } = turn.job;
    const { startedAt = turn.job.leasedAt, worker, lookUpToken } = lost;
    const { timeout: durationMs } = options;
    const attempt = attemptsMade + 1;
    const error = timedOut(durationMs);
    const finishedAt = new Date(startedAt + durationMs);
    const then = await this.withPolicy(turn, outcomeOfFailure(options, attempt, error, finishedAt.getTime()));
    if (!then) return undefined;
    const record = {
      number: attempt,
      startedAt: new Date(startedAt),
      finishedAt,
      worker,
      outcome: 'timed_out' as const,
      error: requestErrorOf(error),
    };
    const recorded = await untilDone('record an outcome', turn, this.log, () =>
      this.journal.recordOutcome({ requestId, token, attempt, record, then, lookUpToken, nextLookUpToken }),
    );
    if (recorded?.kind !== 'recorded') return undefined;
    this.events.emit('attempt.ended', {
      userId,
      requestId,
      type,
      attempt,
      outcome: 'timed_out',
      durationMs,
      errorCode: error.code,
      trace: traceOf(turn.job),
    });
    return this.afterOutcome(turn, attempt, then, finishedAt);
  }

  private async afterOutcome(
    turn: HeldTurn,
    attempt: number,
    outcome: OutcomeThen,
    finishedAt: Date,
  ): Promise<Settlement | undefined> {
    if (outcome.kind === 'retry') return retry(attempt, outcome.notBefore, finishedAt.getTime());
    this.ended(turn, outcome.kind, outcome.kind === 'failed' ? shownCode(outcome.error.code) : undefined);
    return outcome.kind === 'failed' ? this.settleFailure(turn, outcome, finishedAt) : endedAs('succeeded');
  }

  private async failAfterCrashes(turn: HeldTurn, lost?: EndedAttempt): Promise<Settlement | undefined> {
    const { requestId, token } = turn.job;
    const error = {
      code: 'worker_lost',
      message: `Its worker died, or lost its lease, ${MAX_CRASHES} times while it ran.`,
    };
    const failure = await this.withPolicy(turn, { kind: 'failed', error });
    if (failure?.kind !== 'failed') return undefined;
    const { policy = 'continue' } = failure;
    const finishedAt = turn.shardTime();
    const recorded = await untilDone('record an outcome', turn, this.log, () =>
      this.journal.failAfterCrashes({ requestId, token, error, policy, finishedAt, lost }),
    );
    if (recorded?.kind !== 'recorded') return recorded && this.asDecided(turn, recorded);
    this.ended(turn, 'failed', error.code);
    return this.settleFailure(turn, failure, new Date(finishedAt));
  }

  /** Records a failure together with what its queue does about it. */
  private async withPolicy(turn: HeldTurn, then: OutcomeThen): Promise<OutcomeThen | undefined> {
    if (then.kind !== 'failed') return then;
    const policy = await untilDone('read the failure policy', turn, this.log, () =>
      this.queues.policyOf(turn.job.userId),
    );
    return policy && { ...then, policy };
  }

  private async settleFailure(
    turn: HeldTurn,
    { policy }: Extract<OutcomeThen, { kind: 'failed' }>,
    finishedAt: Date,
  ): Promise<Settlement | undefined> {
    const { token } = turn.job;
    const finished = { status: 'failed' as const, finishedAt: finishedAt.getTime() };
    const state = { token, ...finished, halts: policy === 'halt' };
    return this.afterEnd(turn, { ...state, cancelsRest: policy === 'cancel-rest' });
  }

  /** What the queue does after a request has ended, whichever process recorded the end. */
  private async afterEnd(
    turn: HeldTurn,
    {
      status,
      token,
      halts,
      cancelsRest,
      finishedAt = 0,
    }: Pick<RequestState, 'status' | 'token' | 'halts' | 'cancelsRest' | 'finishedAt'>,
  ): Promise<Settlement | undefined> {
    if (halts) return haltedBy(token);
    if (!cancelsRest) return endedAs(status);
    const { requestId, userId } = turn.job;
    const failed = { requestId, userId, token, finishedAt };
    const cancelled = await untilDone('cancel the rest', turn, this.log, async () => {
      await this.purges.cancelRest(turn.permit, failed);
      return true;
    });
    return cancelled === true ? endedAs(status) : undefined;
  }

  /** Another write was first: Redis gets what that one decided. */
  private async asDecided(
    turn: HeldTurn,
    { state }: Extract<Recorded, { kind: 'decided' }>,
  ): Promise<Settlement | undefined> {
    if (!state) return DONE;
    if (!state.pending) return this.afterEnd(turn, state);
    if (state.token > turn.job.token) return undefined;
    return retry(state.attemptsMade, state.notBefore, state.lastAttempt?.finishedAt?.getTime());
  }

  private ended({ job }: HeldTurn, status: FinalStatus, errorCode?: string): void {
    const { userId, requestId, type } = job;
    this.events.emit('request.ended', { userId, requestId, type, status, errorCode });
  }
}
