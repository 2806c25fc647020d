import { ReturnTimes } from '../../common/flow/return-times';
import type { Clock } from '../../common/time/clock';
import { SECOND_MS } from '../../common/time/units';

/** An attempt that takes longer is slow, and so are its user and its target's host until an attempt is not, ms. */
const SLOW_MS = SECOND_MS;
/** Attempts under way at once in this process; of those that are not slow; of users and hosts that were slow before. */
const MOST = 128;
const MOST_YOUNG = 64;
const MOST_SLOW = 32;
/** Users and hosts that are remembered as slow. */
const MOST_REMEMBERED = 2_000;

interface UnderWay {
  readonly since: number;
  readonly host: string;
  readonly wasSlow: boolean;
}

/**
 * Who may have a callback running in this process: each user one, and slow users a share of the places. An attempt
 * that turns out to be slow frees its place while it continues, so that silent targets delay no other user. (P5)
 */
export class CallbackPlaces {
  private readonly underWay = new Map<string, UnderWay>();
  /** Users and hosts, the latest last. */
  private readonly slow = new Set<string>();
  private readonly returns = new ReturnTimes();

  constructor(private readonly clock: Clock) {}

  /** Users with a running callback. */
  get users(): string[] {
    return [...this.underWay.keys()];
  }

  /** Whether a user who is not known to be slow may begin. */
  get hasRoom(): boolean {
    return this.underWay.size < MOST && this.underWay.size - this.slowOnes < MOST_YOUNG;
  }

  /** Gives a user's callback its place. @returns ms after which it is to come again; undefined if it may begin */
  enter(userId: string, host: string): number | undefined {
    const now = this.clock.monotonic();
    const wasSlow = this.slow.has(userId) || this.slow.has(host);
    if (wasSlow && this.slowOnes >= MOST_SLOW) return this.returns.next(now);
    this.underWay.set(userId, { since: now, host, wasSlow });
    return undefined;
  }

  /** The user's target has answered, or never will: whether it was slow. The rest is our own work. */
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

  /** The user's attempt is on record. */
  leave(userId: string): void {
    this.underWay.delete(userId);
  }

  private get slowOnes(): number {
    const now = this.clock.monotonic();
    return [...this.underWay.values()].filter(({ since, wasSlow }) => wasSlow || now - since > SLOW_MS)
      .length;
  }
}
