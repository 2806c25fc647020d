import { Injectable } from '@nestjs/common';
import { ReturnTimes } from '../../common/flow/return-times';
import { Clock } from '../../common/time/clock';
import { MINUTE_MS } from '../../common/time/units';
import { WorkerSettings } from '../../config/settings';
import { EventBus } from '../../events/event-bus';
import { HeldTurns } from './held-turns.service';
import type { Turn } from './turn';

/** An attempt that may take longer than this is long: how long it will really take, nobody knows before. */
export const LONG_MS = MINUTE_MS;

/**
 * Long attempts may hold a share of this process's slots, and never all of them: whatever others run, a user whose attempts
 * are short waits for short attempts only. (P5)
 *
 * One that finds no place gives its slot back, and comes again at a time of its own: in the order in which they came here.
 */
@Injectable()
export class LongTurns {
  private readonly returns = new ReturnTimes();

  constructor(
    private readonly turns: HeldTurns,
    private readonly settings: WorkerSettings,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Gives the turn its place, if it needs one. @returns ms after which it is to come again; undefined if it may run now */
  enter(turn: Turn): number | undefined {
    if (turn.job.options.timeout <= LONG_MS) return undefined;
    const { concurrency, longShare } = this.settings;
    const places = Math.max(1, Math.floor(concurrency * longShare));
    if (this.turns.all.filter((each) => each.isLong && each !== turn).length < places) {
      turn.isLong = true;
      return undefined;
    }
    this.events.emit('turn.put_off', { reason: 'long' });
    return this.returns.next(this.clock.monotonic());
  }
}
