import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/time/clock';
import { SECOND_MS } from '../../common/time/units';
import { HttpSettings } from '../../config/settings';

/**
 * Counts the calls that no account pays for, by caller, in memory. The counts are dropped every second, so their memory
 * is bounded by the calls of one second.
 */
@Injectable()
export class StrangerThrottle {
  private readonly calls = new Map<string, number>();
  private readonly tooMany = new Set<string>();
  private windowEnds = 0;

  constructor(
    private readonly settings: HttpSettings,
    private readonly clock: Clock,
  ) {}

  /** Whether any caller has reached the limit in this second. */
  get isBusy(): boolean {
    return this.tooMany.size > 0;
  }

  /** Counts a call. */
  count(who: string): void {
    const now = this.clock.monotonic();
    if (now >= this.windowEnds) {
      this.calls.clear();
      this.tooMany.clear();
      this.windowEnds = now + SECOND_MS;
    }
    const calls = (this.calls.get(who) ?? 0) + 1;
    this.calls.set(who, calls);
    if (calls === this.settings.strangerCallsPerSecond) this.tooMany.add(who); // 0 is no limit
  }

  /** How long the caller must wait, ms; 0 if they may call now. */
  waitMs(who: string): number {
    return this.tooMany.has(who) ? Math.max(0, this.windowEnds - this.clock.monotonic()) : 0;
  }
}
