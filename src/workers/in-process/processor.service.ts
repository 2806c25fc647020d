import { Injectable } from '@nestjs/common';
import { EventLog } from '../../common/log/event-log';
import { Clock } from '../../common/time/clock';
import { SECOND_MS } from '../../common/time/units';
import { QueueSettings } from '../../config/settings';
import type { SettleItem } from '../../queue/scripts/settle';
import { ShardScripts } from '../../queue/scripts/shard-scripts.service';
import { DueShards } from '../turns/due-shards';
import { HandBack } from '../turns/hand-back';
import { Recorder, SUSPECT_FROM_CRASHES } from '../turns/recorder.service';
import { BACK, backAfter, rechecked, Settlement, unused } from '../turns/settlement';
import { untilDone } from '../turns/until-done';
import { AttemptRunner } from './attempt-runner.service';
import { IsolatedPlace, Isolation } from './isolation/isolation.service';
import { SlotShares } from './slot-shares.service';
import type { Turn } from './turn';
import { HeldTurns } from './held-turns.service';

/** Most requests of one user that a worker runs in a row while others wait on any shard. (P5) */
const QUANTUM = 5;
/** A suspect that could not be isolated gives its slot back, and returns after this time. */
const PLACE_TAKEN_MS = SECOND_MS;

/**
 * The processor of the users' queues, one request of a user at a time. Concurrency 1 is kept by the user's lease in
 * Redis, not by a Bull processor, whose concurrency counts only within one process. (P1)
 *
 *     look up (if the job says so) -> run -> record (MongoDB) -> settle (Redis), which may return the user's next
 *
 * Every step is repeated until its turn ends, and then dropped: the next worker that gets the user looks the request
 * up.
 */
@Injectable()
export class Processor {
  private readonly log = new EventLog(Processor.name);
  /** Set once a shutdown has begun: no user's next request is claimed. */
  private closing = false;

  constructor(
    private readonly turns: HeldTurns,
    private readonly runner: AttemptRunner,
    private readonly isolation: Isolation,
    private readonly shares: SlotShares,
    private readonly recorder: Recorder,
    private readonly scripts: ShardScripts,
    private readonly handBack: HandBack,
    private readonly shards: DueShards,
    private readonly settings: QueueSettings,
    private readonly clock: Clock,
  ) {}

  close(): void {
    this.closing = true;
  }

  /** Runs a turn to its end, and the user's next turns that settling returns. Never rejects. */
  async process(first: Turn): Promise<void> {
    for (let turn: Turn | undefined = first; turn;) {
      let next: Turn | undefined;
      try {
        const settlement = await this.advance(turn);
        if (settlement) next = await this.settle(turn, settlement);
      } catch (error) {
        const { requestId, userId, type } = turn.job;
        this.log.write('request.dropped', { requestId, userId, type, cause: error });
      } finally {
        this.shares.leave(turn);
        this.turns.end(turn);
      }
      turn = next;
    }
  }

  /** @returns what to settle; undefined when this worker no longer has the turn */
  private async advance(turn: Turn): Promise<Settlement | undefined> {
    if (turn.job.lookUp === 'none')
      return (await this.later(turn)) ?? this.attempt(turn, turn.job.attemptsMade + 1);
    const found = await this.recorder.lookUp(turn);
    if (!found) return undefined;
    if ('op' in found) return unused(found);
    if (turn.job.isLookUpOnly) return unused(BACK);
    const isSuspect = found.crashes >= SUSPECT_FROM_CRASHES && this.isolation.isPossible;
    if (isSuspect) return this.isolated(turn, found.attemptsMade + 1);
    const later = await this.later(turn);
    if (later) return later;
    await this.recorder.tellStarted(turn, found.attemptsMade + 1);
    return this.attempt(turn, found.attemptsMade + 1);
  }

  /** How to settle an attempt whose share of the slots is taken: of long attempts, or of its target. (P5) */
  private async later(turn: Turn): Promise<Settlement | undefined> {
    const waitMs = await this.shares.enter(turn);
    return waitMs === undefined ? undefined : unused(backAfter(Math.ceil(waitMs), turn.shardTime()));
  }

  /** Runs a suspect's attempt in a separate process, or frees its slot until that is possible. (P5) */
  private async isolated(turn: Turn, attempt: number): Promise<Settlement | undefined> {
    turn.isIsolated = true;
    const place = await this.isolation.enter(turn);
    if (!place) return unused(backAfter(PLACE_TAKEN_MS, turn.shardTime()));
    try {
      await this.recorder.tellStarted(turn, attempt);
      const settlement = await this.attempt(turn, attempt, place);
      return settlement && rechecked(settlement);
    } finally {
      turn.isIsolated = false;
      place.leave();
    }
  }

  private async attempt(turn: Turn, attempt: number, place?: IsolatedPlace): Promise<Settlement | undefined> {
    if (!turn.mayAct) return undefined;
    // Aborted before its handler was called: by a cancel, which the next look-up finds, or by the end of this process.
    // Or the view shows another epoch, and starting now would only delay the recovery. (P5)
    if (turn.signal.aborted || !turn.permit.isValid()) return unused(BACK);
    const end = await this.runner.run(turn, attempt, place);
    if (!end) return turn.mayAct && turn.stoppedFor === 'shutdown' ? BACK : undefined;
    return 'lost' in end
      ? this.recorder.recordCrash(turn, end.lost)
      : this.recorder.record(turn, attempt, end);
  }

  /** @returns the user's next turn, if it was leased at once */
  private async settle(turn: Turn, settlement: Settlement): Promise<Turn | undefined> {
    const { shard, userId, requestId, token } = turn.job;
    const want = this.wantedAfter(turn);
    let sentAt = 0;
    const settled = await untilDone('settle a request', turn, this.log, () => {
      sentAt = this.clock.monotonic();
      const item = { userId, requestId, token, want, ...settlement } as const;
      return this.scripts.settle(shard, turn.permit.epoch, this.turns.serving, this.settings.leaseMs, item);
    });
    // This call did not settle it. An earlier one may have, whose reply was lost and may have leased the user's next
    // request.
    if (settled?.outcome !== 'settled') this.handBack.replyLost(shard);
    if (settled?.outcome !== 'settled' || !settled.next) return undefined;
    return this.turns.begin(settled.next, turn.permit, sentAt, turn.inARow + 1);
  }

  /**
   * After a quantum the slot goes to the user who has waited longest, on any shard: the claim loop finds that user.
   * (P5)
   */
  private wantedAfter(turn: Turn): SettleItem['want'] {
    if (this.closing || !turn.permit.isValid()) return 'nothing';
    if (turn.inARow + 1 < QUANTUM) return 'next';
    return this.shards.isAnyDue(this.clock.monotonic()) ? 'nothing' : 'next_if_alone';
  }
}
