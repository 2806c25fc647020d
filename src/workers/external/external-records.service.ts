import { Injectable } from '@nestjs/common';
import type { Collection } from 'mongodb';
import { EventLog } from '../../common/log/event-log';
import { Clock } from '../../common/time/clock';
import { traceOf } from '../../common/trace/traceparent';
import { Problem } from '../../common/errors/problem';
import { EXTERNAL_GRACE_MS } from '../../config/durations';
import { QueueSettings } from '../../config/settings';
import { EventBus } from '../../events/event-bus';
import { shownCode } from '../../events/event-map';
import type { ExtendedLease } from '../../queue/scripts/extend';
import type { LeasedJob } from '../../queue/scripts/leased-job';
import { shardOf } from '../../queue/keys';
import { ShardScripts } from '../../queue/scripts/shard-scripts.service';
import { availably, mustBeValid, ShardUnavailable } from '../../queue/shard-unavailable';
import { EpochView } from '../../queue/epochs/epoch-view.service';
import type { RequestDocument } from '../../journal/request-document';
import { DECIDING, InjectRequests } from '../../journal/request.schema';
import { EXTERNAL_LANE } from '../../types/external-types.service';
import type { AttemptEnd } from '../turns/attempt-end';
import { Recorder } from '../turns/recorder.service';
import { BACK, Settlement, unused } from '../turns/settlement';
import { untilDone } from '../turns/until-done';
import type { Credential } from '../../auth/access/authenticated-user';
import type { ExternalAttempt, TurnKeeper } from './external-claimant';
import { ExternalTurn } from './external-turn';
import { ExternalTurns } from './external-turns.service';
import { holderOf } from './holder';

/** The end of an attempt may be reported after its time limit, as long as it has its lease. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/** The fields of a job that belong to its request, the same in every attempt. */
type RequestOfJob = Pick<
  LeasedJob,
  'shard' | 'userId' | 'requestId' | 'seq' | 'type' | 'payload' | 'options' | 'acceptedAt'
>;

/** How to extend a lease. */
interface Extension {
  readonly token: number;
  readonly leaseMs: number;
  /** The total time that the attempt may take. */
  readonly limitMs: number;
  /** Only if the lease is of this credential's account. */
  readonly by?: Credential;
}

/** An attempt of an external worker, as far as this process knows it. */
export interface RunningExternally {
  readonly turn: ExternalTurn;
  readonly attempt: number;
  readonly worker: string;
  readonly document: RequestDocument;
}

/**
 * The turns of external workers: looks them up before they are given, extends, records and settles them. Any process
 * can do so, because Redis knows whose the lease is, and MongoDB what was recorded. (P1)
 */
@Injectable()
export class ExternalRecords implements TurnKeeper {
  private readonly log = new EventLog(ExternalRecords.name);

  constructor(
    @InjectRequests() private readonly requests: Collection<RequestDocument>,
    private readonly turns: ExternalTurns,
    private readonly recorder: Recorder,
    private readonly scripts: ShardScripts,
    private readonly view: EpochView,
    private readonly events: EventBus,
    private readonly settings: QueueSettings,
    private readonly clock: Clock,
  ) {}

  /** Looks the request up if that must happen before it runs. Never rejects. */
  async prepare(turn: ExternalTurn): Promise<ExternalAttempt | undefined> {
    const { job } = turn;
    let { attemptsMade } = job;
    try {
      if (job.lookUp !== 'none') {
        const found = await this.recorder.lookUp(turn);
        if (found && 'op' in found) await this.settle(turn, unused(found));
        if (!found || 'op' in found) return void turn.permit.release();
        if (job.isLookUpOnly) return void (await this.handBack(turn));
        attemptsMade = found.attemptsMade;
        await this.recorder.tellStarted(turn, attemptsMade + 1);
      }
    } catch (cause) {
      const { requestId, userId } = job; // its lease ends, and another worker looks it up
      this.log.write('step.failed', { step: 'look up a request', requestId, userId, cause });
      return void turn.permit.release();
    }
    this.turns.add(turn);
    const { userId, requestId, type, leasedAt, dueAt } = job;
    const attempt = attemptsMade + 1;
    const waitedMs = Math.max(0, leasedAt - dueAt);
    this.events.emit('attempt.started', { userId, requestId, type, attempt, waitedMs, external: true });
    return { turn, attempt };
  }

  /** Hands back a turn that has not started; no attempt is counted. Never rejects. */
  async handBack(turn: ExternalTurn, how = unused(BACK)): Promise<void> {
    try {
      await this.settle(turn, how);
    } catch (cause) {
      const { requestId, userId } = turn.job; // its lease ends
      this.log.write('step.failed', { step: 'hand a request back', requestId, userId, cause });
    } finally {
      this.turns.end(turn);
    }
  }

  /**
   * The attempt. Extends its lease if some of it has passed since it was given: a look-up or another shard may have
   * taken long, and its worker counts from our answer. (P1)
   * @returns undefined if that is impossible; then it was handed back
   */
  async extendIfStale(
    { turn, attempt }: ExternalAttempt,
    leaseMs: number,
  ): Promise<ExternalAttempt | undefined> {
    if (!turn.isStale) return { turn, attempt };
    const { token, options } = turn.job;
    const extension = { token, leaseMs, limitMs: options.timeout };
    const extended = await this.extendLease(turn.job, extension).catch(() => undefined);
    if (extended) this.turns.add(extended.turn);
    if (extended && !extended.turn.isStale) return { turn: extended.turn, attempt };
    await this.handBack(extended?.turn ?? turn);
    return undefined;
  }

  /**
   * The request of an external type that has this id, as a majority has it: an outcome that a failover could take back
   * is not reported as recorded. (P3)
   * @throws Problem not_found
   */
  async find(requestId: string): Promise<RequestDocument> {
    const document = await this.requests.findOne({ _id: requestId, status: { $ne: 'abandoned' } }, DECIDING);
    if (!document?.lane?.startsWith(EXTERNAL_LANE))
      throw new Problem('not_found', 'No request of an external type has this id.');
    return document;
  }

  /**
   * Extends a lease of the caller's account, and keeps its turn.
   * @returns undefined if it is lost @throws ShardUnavailable
   */
  async extend(
    document: RequestDocument,
    token: number,
    leaseMs: number,
    by: Credential,
  ): Promise<RunningExternally | undefined> {
    const extension = { token, leaseMs, limitMs: document.options.timeout, by };
    const extended = await this.extendLease(requestOf(document, this.settings.shards), extension);
    if (extended) this.turns.add(extended.turn);
    return extended && { ...extended, document };
  }

  /**
   * Records the end of an attempt of the caller's account, and passes the turn on.
   * @param endOf gets the shard's time, ms
   * @returns false if the lease is lost @throws ShardUnavailable: the outcome is unknown; report it again
   */
  async end(
    document: RequestDocument,
    token: number,
    by: Credential,
    endOf: (running: RunningExternally, finishedAt: number) => AttemptEnd,
  ): Promise<boolean> {
    const extension = { token, leaseMs: this.settings.leaseMs, limitMs: NO_LIMIT, by };
    const extended = await this.extendLease(requestOf(document, this.settings.shards), extension);
    if (!extended) return false;
    const { turn, attempt } = extended;
    try {
      const end = endOf({ ...extended, document }, turn.shardTime());
      const settlement = await this.recorder.record(turn, attempt, end);
      const settled = settlement && (await this.settle(turn, settlement));
      if (!settled)
        throw new ShardUnavailable('The outcome may not have been recorded. Send the call again.');
      const { userId, requestId, type } = turn.job;
      const { outcome, startedAt, finishedAt, error } = end.record;
      const durationMs = finishedAt.getTime() - startedAt.getTime();
      this.events.emit('attempt.ended', {
        userId,
        requestId,
        type,
        attempt,
        outcome,
        durationMs,
        errorCode: error && shownCode(error.code),
        trace: traceOf(turn.job),
      });
      return true;
    } finally {
      this.turns.end(turn);
    }
  }

  /**
   * Extends the lease of an attempt.
   * @returns undefined if it is lost, or another account's @throws ShardUnavailable
   */
  private async extendLease(
    request: RequestOfJob,
    { token, leaseMs, limitMs, by }: Extension,
  ): Promise<Omit<RunningExternally, 'document'> | undefined> {
    const { requestId, userId, shard } = request;
    const permit = this.view.permit(shard);
    try {
      const sentAt = this.clock.monotonic();
      const wanted = Math.min(leaseMs, permit.validUntil - sentAt);
      const lease = await availably(
        this.scripts.extend(shard, permit.epoch, {
          userId,
          requestId,
          token,
          leaseMs: Math.floor(wanted),
          graceMs: EXTERNAL_GRACE_MS,
          limitMs,
          holder: by && holderOf(by),
        }),
      );
      mustBeValid(permit);
      if (lease === 'others') this.sayRefused(request, by!);
      if (!lease || lease === 'others') return void permit.release();
      const job = jobOf(request, lease, token);
      const turn = new ExternalTurn(job, permit, sentAt, lease.leaseMs, this.clock, lease.now);
      return { turn, attempt: lease.attemptsMade + 1, worker: lease.worker };
    } catch (error) {
      permit.release();
      throw error;
    }
  }

  private sayRefused({ requestId, userId }: RequestOfJob, { accountId, kind, id }: Credential): void {
    this.log.write('lease.refused', {
      requestId,
      userId,
      accountId,
      credential: kind,
      credentialId: id,
    });
  }

  private async settle(turn: ExternalTurn, settlement: Settlement): Promise<boolean> {
    const { shard, userId, requestId, token } = turn.job;
    const nobody = { name: 'external', lanes: '' };
    const item = { userId, requestId, token, want: 'nothing', ...settlement } as const;
    const settled = await untilDone('settle a request', turn, this.log, () =>
      this.scripts.settle(shard, turn.permit.epoch, nobody, this.settings.leaseMs, item),
    );
    return settled !== undefined;
  }
}

/** @param shards of the installation: an ended request keeps the shard it had when there was another number of them */
function requestOf(document: RequestDocument, shards: number): RequestOfJob {
  const { _id: requestId, userId, seq, type, payload, options, createdAt } = document;
  const shard = shardOf(userId, shards);
  return { requestId, userId, shard, seq, type, payload, options, acceptedAt: createdAt.getTime() };
}

/** The job of a running attempt. */
const jobOf = (
  request: RequestOfJob,
  { attemptsMade, startedAt }: ExtendedLease,
  token: number,
): LeasedJob => ({
  ...request,
  token,
  attemptsMade,
  lookUp: 'none',
  isLookUpOnly: false,
  dueAt: startedAt,
  leasedAt: startedAt,
  previous: undefined,
});
