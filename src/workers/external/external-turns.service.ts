import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/time/clock';
import type { ExternalTurn } from './external-turn';

interface Kept {
  readonly turn: ExternalTurn;
  readonly timer: NodeJS.Timeout;
}

/**
 * The leases that this process has given to external workers, or extended. Each keeps its permit until it ends, so that
 * a recovery waits for it. (P1) If another process settles a turn, this process still keeps it to its end, which does
 * no harm.
 */
@Injectable()
export class ExternalTurns {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly clock: Clock) {}

  /**
   * Keeps a turn until its lease ends. It replaces an older one of the same attempt and lasts at least as long,
   * because its holder was promised that end, however short the extension was.
   */
  add(turn: ExternalTurn): void {
    const key = keyOf(turn);
    const told = this.kept.get(key)?.turn.until;
    if (told !== undefined) turn.lastsUntil(told);
    this.drop(key);
    const timer = setTimeout(() => this.drop(key), Math.max(1, turn.until - this.clock.monotonic()));
    this.kept.set(key, { turn, timer: timer.unref() });
  }

  /** The turn has ended: nothing more will come of it. */
  end(turn: ExternalTurn): void {
    this.drop(keyOf(turn));
    turn.permit.release();
  }

  private drop(key: string): void {
    const kept = this.kept.get(key);
    if (!kept) return;
    clearTimeout(kept.timer);
    kept.turn.permit.release();
    this.kept.delete(key);
  }
}

const keyOf = ({ job }: ExternalTurn) => `${job.requestId} ${job.token}`;
