import { ReturnTimes } from '../../common/flow/return-times';
import type { Clock } from '../../common/time/clock';
import { SECOND_MS } from '../../common/time/units';

/**
 * Duration above which an attempt is slow, ms. Its user and its target's host then count as slow until an attempt of
 * theirs is faster.
 */
const SLOW_MS = SECOND_MS;
/** Most attempts running at once in this process. */
const MOST = 128;
/** Most of them that are not slow. */
const MOST_YOUNG = 64;
/** Slow attempts from which on users and hosts that were slow before must wait. */
const MOST_SLOW = 32;
/** Most users and hosts that are remembered as slow. */
const MOST_REMEMBERED = 2_000;

interface UnderWay {
  readonly since: number;
  readonly host: string;
  readonly wasSlow: boolean;
}

/**
 * Assigns this process's places for callbacks: one per user, and a share of the places for slow users and hosts. An
 * attempt that turns out to be slow frees its place while it continues, so that silent targets delay no other user.
 * (P5)
 */
export class CallbackPlaces {
  private readonly underWay = new Map<string, UnderWay>();
  /** Users and hosts, latest last. */
  private readonly slow = new Set<string>();
  private readonly returns = new ReturnTimes();

  constructor(private readonly clock: Clock) {}

  /** Users with a running callback. */
  get users(): string[] {
    return [...this.underWay.keys()];
  }

  /** Whether an attempt of a user not known to be slow may start. */
  get hasRoom(): boolean {
    return this.underWay.size < MOST && this.underWay.size - this.slowOnes < MOST_YOUNG;
  }

  /** Gives a user's callback a place. @returns ms until it should come back; undefined if it may start */
  enter(userId: string, host: string): number | undefined {
    const now = this.clock.monotonic();
    const wasSlow = this.slow.has(userId) || this.slow.has(host);
    if (wasSlow && this.slowOnes >= MOST_SLOW) return this.returns.next(now);
    this.underWay.set(userId, { since: now, host, wasSlow });
    return undefined;
  }

  /** The user's target has answered, or never will: records whether it was slow. The remaining work is our own. */
  answered(userId: string): void {
    const { since, host } = this.underWay.get(userId)!;
    for (const key of [userId, host]) {
      this.slow.delete(key);
      if (this.clock.monotonic() - since > SLOW_MS) this.slow.add(key);
    }
    for (const oldest of this.slow) {
      if (this.slow.size <= MOST_REMEMBERED) break;
      this.slow.delete(oldest);
    }
  }

  /** The user's attempt is recorded. */
  leave(userId: string): void {
    this.underWay.delete(userId);
  }

  private get slowOnes(): number {
    const now = this.clock.monotonic();
    return [...this.underWay.values()].filter(({ since, wasSlow }) => wasSlow || now - since > SLOW_MS)
      .length;
  }
}
