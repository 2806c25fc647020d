import { Clock } from '../../common/time/clock';
import { SECOND_MS } from '../../common/time/units';
import { ShardScripts } from '../../queue/scripts/shard-scripts.service';
import type { LeaseHolder } from './claimant';
import { BACK, unused } from './settlement';

/** Longer than any call of Redis waits for its reply: what is still unknown then was never heard of. */
const SETTLED_MS = 3 * SECOND_MS;

interface Suspicion {
  /** Monotonic time of the next look. */
  readonly lookAt: number;
  /** Monotonic time by which what was sent has come to Redis, or never will: its connection broke, and it may lie in a buffer. */
  readonly arrivedBy: number;
  /** Tokens that the last look did not know: those that the next one does not know either go back. */
  readonly tokens: ReadonlySet<number>;
  /** The last look came after `arrivedBy`: what is new since then was not lost. */
  readonly isComplete: boolean;
}

/** What is done about replies that were lost and may have given leases. */
export interface LostReplies {
  /** A call of this shard has failed which may have given something. */
  replyLost(shard: number): void;
  /** Monotonic time of the next look at this shard; Infinity if there is nothing to look for. */
  lookAt(shard: number): number;
  /** Looks, if it is time to. */
  runIfDue(shard: number, epoch: number): Promise<void>;
}

/**
 * Hands back the leases that Redis gave to a worker in a reply that was lost: at once, and not one LEASE later, when
 * they would be taken back as if a worker had died of them.
 *
 *     a reply was lost -> look, and every SETTLED_MS until the call must have come -> look once more
 *
 * What two looks in a row do not know goes back.
 */
export class HandBack implements LostReplies {
  private readonly suspicions = new Map<number, Suspicion>();

  constructor(
    private readonly holder: LeaseHolder,
    private readonly scripts: ShardScripts,
    private readonly clock: Clock,
  ) {}

  /** A call of this shard has failed which may have given something. */
  replyLost(shard: number): void {
    const now = this.clock.monotonic();
    const arrivedBy = now + SETTLED_MS;
    this.suspicions.set(shard, { lookAt: now, arrivedBy, tokens: new Set(), isComplete: false });
  }

  lookAt(shard: number): number {
    return this.suspicions.get(shard)?.lookAt ?? Infinity;
  }

  /** Looks, if it is time to. @throws ShardClosed, or an error of Redis: the next call looks again */
  async runIfDue(shard: number, epoch: number): Promise<void> {
    const suspicion = this.suspicions.get(shard);
    const now = this.clock.monotonic();
    if (!suspicion || now < suspicion.lookAt) return;
    const { serving, leaseMs, tokens: known } = this.holder;
    const held = await this.scripts.leasesOf(shard, epoch, serving.name);
    const unknown = held.filter(({ token }) => !known.has(token));
    for (const { userId, requestId, token } of unknown.filter((each) => suspicion.tokens.has(each.token))) {
      const item = { userId, requestId, token, want: 'nothing', ...unused(BACK) } as const;
      await this.scripts.settle(shard, epoch, serving, leaseMs, item);
    }
    if (this.suspicions.get(shard) !== suspicion) return; // one more reply was lost meanwhile: all looks begin again
    const tokens = new Set(unknown.map(({ token }) => token).filter((token) => !suspicion.tokens.has(token)));
    const isComplete = now >= suspicion.arrivedBy;
    if (suspicion.isComplete || (isComplete && tokens.size === 0)) this.suspicions.delete(shard);
    else this.suspicions.set(shard, { ...suspicion, lookAt: now + SETTLED_MS, tokens, isComplete });
  }
}
