import { Injectable } from '@nestjs/common';
import { EventLog } from '../../common/log/event-log';
import { Clock } from '../../common/time/clock';
import { SECOND_MS } from '../../common/time/units';
import { QueueSettings } from '../../config/settings';
import type { SettleItem } from '../../queue/scripts/settle';
import { ShardScripts } from '../../queue/scripts/shard-scripts.service';
import { DueShards } from '../turns/due-shards';
import { HandBack } from '../turns/hand-back';
import { Recorder } from '../turns/recorder.service';
import { BACK, backAfter, rechecked, Settlement, unused } from '../turns/settlement';
import { untilDone } from '../turns/until-done';
import { AttemptRunner } from './attempt-runner.service';
import { IsolatedPlace, Isolation } from './isolation/isolation.service';
import { SlotShares } from './slot-shares.service';
import type { Turn } from './turn';
import { HeldTurns } from './held-turns.service';

/** Requests of one user that a worker runs in a row while others wait, on whatever shard. (P5) */
const QUANTUM = 5;
/** A request of which this many workers have died is a suspect: it runs in a process of its own. (P5) */
const SUSPECT_FROM_CRASHES = 2;
/** A suspect that could not be isolated gives its slot back, and comes again after this. */
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
  /** Once a shutdown has begun, no user's next request is asked for. */
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

  /** Takes a turn to its end, and the user's following ones that settling gives. Never rejects. */
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

  /** What an attempt settles whose share of the slots is taken: a long one's, or its target's. (P5) */
  private async later(turn: Turn): Promise<Settlement | undefined> {
    const waitMs = await this.shares.enter(turn);
    return waitMs === undefined ? undefined : unused(backAfter(Math.ceil(waitMs), turn.shardTime()));
  }

  /** Runs a suspect's attempt in a process of its own, or frees its slot until it can. (P5) */
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
    // Told to stop before its handler was called: by a cancel, which the next look finds, or by the end of this process. Or
    // another epoch was seen meanwhile, and what begins now would only hold up the recovery. (P5)
    if (turn.signal.aborted || !turn.permit.isValid()) return unused(BACK);
    const end = await this.runner.run(turn, attempt, place);
    if (!end) return turn.mayAct && turn.stoppedFor === 'shutdown' ? BACK : undefined;
    return 'lost' in end
      ? this.recorder.recordCrash(turn, end.lost)
      : this.recorder.record(turn, attempt, end);
  }

  /** @returns the user's next turn, if it was given at once */
  private async settle(turn: Turn, settlement: Settlement): Promise<Turn | undefined> {
    const { shard, userId, requestId, token } = turn.job;
    const want = this.wantedAfter(turn);
    let sentAt = 0;
    const settled = await untilDone(turn, this.log, () => {
      sentAt = this.clock.monotonic();
      const item = { userId, requestId, token, want, ...settlement } as const;
      return this.scripts.settle(shard, turn.permit.epoch, this.turns.serving, this.settings.leaseMs, item);
    });
    // Not settled by this call: by one whose reply was lost, perhaps, and that may have given the user's next.
    if (settled?.outcome !== 'settled') this.handBack.replyLost(shard);
    if (settled?.outcome !== 'settled' || !settled.next) return undefined;
    return this.turns.begin(settled.next, turn.permit, sentAt, turn.inARow + 1);
  }

  /**
   * After a quantum the slot is for the user who has waited longest, on this shard or another: the claim loop finds
   * out. (P5)
   */
  private wantedAfter(turn: Turn): SettleItem['want'] {
    if (this.closing || !turn.permit.isValid()) return 'nothing';
    if (turn.inARow + 1 < QUANTUM) return 'next';
    return this.shards.isAnyDue(this.clock.monotonic()) ? 'nothing' : 'next_if_alone';
  }
}
