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
  /** Tokens that the first look did not know; undefined before it. */
  readonly tokens: ReadonlySet<number> | undefined;
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
 *     a reply was lost -> look, and once more when the call must have come -> SETTLED_MS -> look again: unknown in both ->
 *     hand back
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
    this.suspicions.set(shard, { lookAt: now, arrivedBy: now + SETTLED_MS, tokens: undefined });
  }

  lookAt(shard: number): number {
    return this.suspicions.get(shard)?.lookAt ?? Infinity;
  }

  /** Looks, if it is time to. @throws ShardClosed, or an error of Redis: the next call looks again */
  async runIfDue(shard: number, epoch: number): Promise<void> {
    const suspicion = this.suspicions.get(shard);
    if (!suspicion || this.clock.monotonic() < suspicion.lookAt) return;
    const { serving, leaseMs, tokens: known } = this.holder;
    const owned = await this.scripts.owned(shard, epoch, serving.name);
    const unknown = owned.filter(({ token }) => !known.has(token));
    if (suspicion.tokens === undefined && unknown.length > 0) {
      const tokens = new Set(unknown.map(({ token }) => token));
      this.suspicions.set(shard, { ...suspicion, lookAt: this.clock.monotonic() + SETTLED_MS, tokens });
      return;
    }
    if (suspicion.tokens === undefined && suspicion.lookAt < suspicion.arrivedBy) {
      this.suspicions.set(shard, { ...suspicion, lookAt: suspicion.arrivedBy });
      return;
    }
    this.suspicions.delete(shard);
    for (const { userId, requestId, token } of unknown.filter((each) => suspicion.tokens?.has(each.token))) {
      const item = { userId, requestId, token, want: 'nothing', ...unused(BACK) } as const;
      await this.scripts.settle(shard, epoch, serving, leaseMs, item);
    }
  }
}
