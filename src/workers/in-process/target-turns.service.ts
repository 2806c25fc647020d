import { Injectable } from '@nestjs/common';
import { ReturnTimes } from '../../common/flow/return-times';
import { Clock } from '../../common/time/clock';
import { WorkerSettings } from '../../config/settings';
import { EventBus } from '../../events/event-bus';
import { HandlerRegistry } from '../../handlers/handler-registry.service';
import type { Turn } from './turn';

/** A turn waits this long in its slot for a place, while its target answers: at full speed, none has to come again. */
export const PATIENCE_MS = 100;

/** A target that attempts of this process are under way to. */
interface Target {
  taken: number;
  /** Monotonic time at which an attempt ended last, or at which the first of these began. */
  movedAt: number;
  /** Those who wait in their slots, the first first; each is told whether the place is theirs. */
  readonly waiting: Set<(isGiven: boolean) => void>;
}

/**
 * Attempts to one target, as a host that many users deliver to, may hold a share of this process's slots, and never all of
 * them: if it hangs, the others go on. (P5)
 *
 * One that finds no place gives its slot back, and comes again at a time of its own: in the order in which they came here.
 */
@Injectable()
export class TargetTurns {
  private readonly targets = new Map<string, Target>();
  private readonly entered = new Map<Turn, Target>();
  private readonly returns = new ReturnTimes();

  constructor(
    private readonly handlers: HandlerRegistry,
    private readonly settings: WorkerSettings,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Gives the turn its place, if it needs one. @returns ms after which it is to come again; undefined if it may run now */
  async enter(turn: Turn): Promise<number | undefined> {
    const name = this.handlers.targetOf(turn.job.type, turn.job.payload);
    if (name === undefined) return undefined;
    const now = this.clock.monotonic();
    const target = this.targets.get(name) ?? { taken: 0, movedAt: now, waiting: new Set() };
    this.targets.set(name, target);
    const { concurrency, targetShare } = this.settings;
    if (target.taken < Math.max(1, Math.floor(concurrency * targetShare))) target.taken += 1;
    else if (now - target.movedAt > PATIENCE_MS || !(await this.isGiven(target))) {
      this.events.emit('turn.put_off', { reason: 'target' });
      return this.returns.next(this.clock.monotonic());
    }
    this.entered.set(turn, target);
    return undefined;
  }

  /** The turn has ended. Its place, if it had one, is handed on. */
  leave(turn: Turn): void {
    const target = this.entered.get(turn);
    if (!target) return;
    this.entered.delete(turn);
    target.movedAt = this.clock.monotonic();
    const [first] = target.waiting;
    if (first) return first(true);
    target.taken -= 1;
    if (target.taken > 0) return;
    for (const [name, each] of this.targets) if (each === target) this.targets.delete(name);
  }

  private isGiven({ waiting }: Target): Promise<boolean> {
    return new Promise((resolve) => {
      const told = (isGiven: boolean) => {
        clearTimeout(timer);
        waiting.delete(told);
        resolve(isGiven);
      };
      const timer = setTimeout(told, PATIENCE_MS, false);
      waiting.add(told);
    });
  }
}
