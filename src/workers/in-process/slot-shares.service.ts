import { Injectable } from '@nestjs/common';
import { ReturnTimes } from '../../common/flow/return-times';
import { Clock } from '../../common/time/clock';
import { MINUTE_MS } from '../../common/time/units';
import { WorkerSettings } from '../../config/settings';
import { EventBus } from '../../events/event-bus';
import type { PutOffReason } from '../../events/event-map';
import { HandlerRegistry } from '../../handlers/handler-registry.service';
import type { Turn } from './turn';

/** An attempt with a longer time limit is long: nobody knows in advance how long it will really take. */
export const LONG_MS = MINUTE_MS;

/** How long a turn waits in its slot for a place, while its target answers: at full speed no turn has to come back. */
export const PATIENCE_MS = 100;

/** Attempts that share a limit: long ones, or those to one target. */
interface Kind {
  readonly reason: PutOffReason;
  readonly target?: string;
  /** The share of the slots, 0 to 1. */
  readonly share: number;
  /** How long a turn waits in its slot for a place, if one was freed that recently. */
  readonly patienceMs: number;
}

/** The places of a kind with running attempts. */
interface Places {
  taken: number;
  /** Monotonic time at which an attempt last ended, or at which the first of these began. */
  movedAt: number;
  /** Turns that wait in their slots, first come first served. Each learns whether it got the place. */
  readonly waiting: Set<(isGiven: boolean) => void>;
  readonly returns: ReturnTimes;
}

/**
 * Attempts that may hang, long ones and those to one target, hold a share of this process's slots, never all of them:
 * whatever happens to them, the other slots serve everybody else. (P5)
 *
 * A turn that finds no place gives its slot back. Such turns return at different times, in the order in which they
 * came.
 */
@Injectable()
export class SlotShares {
  private readonly places = new Map<string, Places>();
  private readonly held = new Map<Turn, string[]>();

  constructor(
    private readonly handlers: HandlerRegistry,
    private readonly settings: WorkerSettings,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Gives the turn its places. @returns ms after which it should come back; undefined if it may run now */
  async enter(turn: Turn): Promise<number | undefined> {
    for (const kind of this.kindsOf(turn)) {
      const key = `${kind.reason} ${kind.target}`;
      const places = this.placesOf(key);
      if (!(await this.isGiven(places, kind))) {
        this.events.emit('turn.put_off', { reason: kind.reason });
        return places.returns.next(this.clock.monotonic());
      }
      this.held.set(turn, [...(this.held.get(turn) ?? []), key]);
    }
    return undefined;
  }

  /** The turn has ended. Passes its places on, if it had any. */
  leave(turn: Turn): void {
    for (const key of this.held.get(turn) ?? []) this.free(key);
    this.held.delete(turn);
  }

  private *kindsOf(turn: Turn): Iterable<Kind> {
    const { longShare, targetShare } = this.settings;
    if (turn.job.options.timeout > LONG_MS) yield { reason: 'long', share: longShare, patienceMs: 0 };
    const target = this.handlers.targetOf(turn.job.type, () => turn.payload());
    if (target !== undefined) yield { reason: 'target', target, share: targetShare, patienceMs: PATIENCE_MS };
  }

  private placesOf(key: string): Places {
    const movedAt = this.clock.monotonic();
    const places: Places = this.places.get(key) ?? {
      taken: 0,
      movedAt,
      waiting: new Set(),
      returns: new ReturnTimes(),
    };
    this.places.set(key, places);
    return places;
  }

  private async isGiven(places: Places, { share, patienceMs }: Kind): Promise<boolean> {
    if (places.taken < Math.max(1, Math.floor(this.settings.concurrency * share))) {
      places.taken += 1;
      return true;
    }
    if (this.clock.monotonic() - places.movedAt >= patienceMs) return false;
    return new Promise((resolve) => {
      const told = (isGiven: boolean) => {
        clearTimeout(timer);
        places.waiting.delete(told);
        resolve(isGiven);
      };
      const timer = setTimeout(told, patienceMs, false);
      places.waiting.add(told);
    });
  }

  private free(key: string): void {
    const places = this.places.get(key)!;
    places.movedAt = this.clock.monotonic();
    const [first] = places.waiting;
    if (first) return first(true);
    places.taken -= 1;
    if (places.taken === 0) this.places.delete(key);
  }
}
