import { Injectable, OnModuleDestroy } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { Clock } from '../../common/time/clock';
import { laneWords } from '../../config/lanes';
import { Shutdown } from '../../common/process/shutdown';
import { SECOND_MS } from '../../common/time/units';
import { withAnyOf } from '../../common/flow/with-any-of';
import { ShardScripts } from '../../queue/scripts/shard-scripts.service';
import { EpochView } from '../../queue/epochs/epoch-view.service';
import { WorkerChannel } from '../../queue/worker-channel.service';
import { ClaimLoop } from '../turns/claim-loop';
import { DueShards } from '../turns/due-shards';
import type { LostReplies } from '../turns/hand-back';
import { ServerClocks } from '../turns/server-clock';
import { ExternalAttempt, ExternalClaimant } from './external-claimant';
import { ExternalRecords } from './external-records.service';

/** How long a claim loop without a waiting call is kept, ms: the worker's next claim comes soon. */
const IDLE_MS = 5 * SECOND_MS;

/** A claim of an external worker. */
export interface ExternalClaim {
  /** The name of the worker, as its attempts show it. */
  readonly worker: string;
  readonly lanes: readonly string[];
  readonly max: number;
  readonly leaseMs: number;
  readonly waitMs: number;
}

interface Group {
  readonly claimant: ExternalClaimant;
  readonly loop: ClaimLoop;
  stopListening(): void;
  idle: NodeJS.Timeout | undefined;
}

/** Does nothing: when a lost lease ends, another worker takes it back, as from any dead worker. */
const NOTHING: LostReplies = {
  replyLost: () => undefined,
  lookAt: () => Infinity,
  runIfDue: () => Promise.resolve(),
};

/**
 * Claims for external workers. Each kind of claim (worker, lanes, lease) has a claim loop of its own while a call
 * waits for it. (P4)
 */
@Injectable()
export class ExternalClaims implements OnModuleDestroy {
  private readonly groups = new Map<string, Group>();
  private readonly stopping = new AbortController();
  private readonly ending = new Set<Promise<void>>();

  constructor(
    private readonly records: ExternalRecords,
    private readonly scripts: ShardScripts,
    private readonly view: EpochView,
    private readonly channel: WorkerChannel,
    private readonly clock: Clock,
    private readonly serverClocks: ServerClocks,
    shutdown: Shutdown,
  ) {
    shutdown.onBegin(() => this.stop());
  }

  /**
   * Hands back what was claimed if the caller may no longer have it.
   * @param gone aborts when the client is gone
   * @param mayHave whether the caller may still have the result; it may throw
   */
  async claim(
    claim: ExternalClaim,
    gone: AbortSignal,
    mayHave: () => Promise<boolean>,
  ): Promise<readonly ExternalAttempt[]> {
    if (this.stopping.signal.aborted) return [];
    const group = this.groupOf(claim);
    clearTimeout(group.idle);
    const given = await withAnyOf([gone, this.stopping.signal], async (signal) =>
      signal.aborted ? [] : group.claimant.claim(claim.max, claim.waitMs, signal),
    );
    if (group.claimant.isIdle) this.endWhenIdle(claim, group);
    if (given.length === 0) return [];
    let attempts = given;
    let isWanted = false;
    try {
      if (await mayHave()) {
        const extended = await Promise.all(
          given.map((each) => this.records.extendIfStale(each, claim.leaseMs)),
        );
        attempts = extended.filter((each) => each !== undefined);
        isWanted = !gone.aborted;
      }
    } finally {
      if (!isWanted) await Promise.all(attempts.map(({ turn }) => this.records.handBack(turn)));
    }
    return isWanted ? attempts : [];
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.ending);
  }

  /** Answers waiting claims with what is available, and leases nothing more. */
  private stop(): void {
    this.stopping.abort();
    for (const [key, group] of this.groups) this.end(key, group);
  }

  private groupOf(claim: ExternalClaim): Group {
    const key = keyOf(claim);
    const known = this.groups.get(key);
    if (known) return known;
    const { view, clock, scripts } = this;
    // New for every group, so that each has its own place among the sleepers.
    const serving = { name: `${claim.worker}.${uuid().slice(-12)}`, lanes: laneWords(claim.lanes) };
    const claimant = new ExternalClaimant(serving, claim.leaseMs, this.records, view, clock);
    const loop = new ClaimLoop(claimant, NOTHING, scripts, view, new DueShards(this.serverClocks), clock);
    const stopListening = this.channel.listen(serving.name, {
      wake: (shard) => loop.wake(shard),
      abort: () => undefined, // the worker learns this when it extends its lease
    });
    const group: Group = { claimant, loop, stopListening, idle: undefined };
    this.groups.set(key, group);
    loop.start();
    return group;
  }

  private endWhenIdle(claim: ExternalClaim, group: Group): void {
    clearTimeout(group.idle);
    group.idle = setTimeout(() => this.end(keyOf(claim), group), IDLE_MS).unref();
  }

  private end(key: string, group: Group): void {
    clearTimeout(group.idle);
    this.groups.delete(key);
    group.stopListening();
    const ended: Promise<void> = group.loop.stop().finally(() => this.ending.delete(ended));
    this.ending.add(ended);
  }
}

const keyOf = ({ worker, lanes, leaseMs }: ExternalClaim) => [worker, leaseMs, laneWords(lanes)].join(' ');
