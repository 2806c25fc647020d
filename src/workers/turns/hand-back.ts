import { Clock } from '../../common/time/clock';
import { SECOND_MS } from '../../common/time/units';
import { ShardScripts } from '../../queue/scripts/shard-scripts.service';
import type { LeaseHolder } from './claimant';
import { UNSEEN } from './settlement';

/** No call of Redis waits longer than this for its reply: a lease that is still unknown then was never received. */
const SETTLED_MS = 3 * SECOND_MS;

interface Suspicion {
  /** Monotonic time of the next look. */
  readonly lookAt: number;
  /**
   * Monotonic time by which the sent call has reached Redis, or never will: its connection broke, and it may be in a
   * buffer.
   */
  readonly arrivedBy: number;
  /** Tokens that the last look did not know. Those that the next look does not know either are handed back. */
  readonly tokens: ReadonlySet<number>;
  /** Whether the last look came after `arrivedBy`: what is new since then was not lost. */
  readonly isComplete: boolean;
}

/** Handles lost replies that may have given leases. */
export interface LostReplies {
  /** A call to this shard has failed that may have given leases. */
  replyLost(shard: number): void;
  /** Monotonic time of the next look at this shard; Infinity if nothing is suspected. */
  lookAt(shard: number): number;
  /** Looks, if it is time. */
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

  replyLost(shard: number): void {
    const now = this.clock.monotonic();
    const arrivedBy = now + SETTLED_MS;
    this.suspicions.set(shard, { lookAt: now, arrivedBy, tokens: new Set(), isComplete: false });
  }

  lookAt(shard: number): number {
    return this.suspicions.get(shard)?.lookAt ?? Infinity;
  }

  /** @throws ShardClosed, or an error of Redis: the next call looks again */
  async runIfDue(shard: number, epoch: number): Promise<void> {
    const suspicion = this.suspicions.get(shard);
    const now = this.clock.monotonic();
    if (!suspicion || now < suspicion.lookAt) return;
    const { serving, leaseMs, tokens: known } = this.holder;
    const held = await this.scripts.leasesOf(shard, epoch, serving.name);
    const unknown = held.filter(({ token }) => !known.has(token));
    for (const { userId, requestId, token } of unknown.filter((each) => suspicion.tokens.has(each.token))) {
      const item = { userId, requestId, token, want: 'nothing', ...UNSEEN } as const;
      await this.scripts.settle(shard, epoch, serving, leaseMs, item);
    }
    if (this.suspicions.get(shard) !== suspicion) return; // another reply was lost meanwhile: all looks start again
    const tokens = new Set(unknown.map(({ token }) => token).filter((token) => !suspicion.tokens.has(token)));
    const isComplete = now >= suspicion.arrivedBy;
    if (suspicion.isComplete || (isComplete && tokens.size === 0)) this.suspicions.delete(shard);
    else this.suspicions.set(shard, { ...suspicion, lookAt: now + SETTLED_MS, tokens, isComplete });
  }
}
