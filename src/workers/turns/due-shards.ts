import type { ServerClock } from './server-clock';
import type { ServerClocks } from './server-clock';

export interface ShardState {
  readonly shard: number;
  /** Monotonic time from which a user waits there, or may wait: claim from the shard from then on. */
  dueAt: number;
  /** When a wake-up came that no claim has answered yet. One that comes during a claim outlives its reply. */
  wokenAt: number | undefined;
  readonly clock: ServerClock;
}

/**
 * Which shards a worker claims from, and in which order: shards are sorted by when their longest-waiting user began to
 * wait, as far as this process knows. So the next free slot goes to the user who has waited longest in all shards. (P5)
 *
 * Other processes serve a shard between two of its replies, so the time may be too early: the next claim returns the
 * true one. A user who arrives meanwhile has waited for less time, or comes with a wake-up, because a worker that found
 * no waiting user on a shard is among its sleepers. The time is too late, by one poll at most, if a wake-up is lost or
 * another sleeper was given the next due time.
 */
export class DueShards {
  private readonly states: readonly ShardState[];

  /**
   * All shards are due at once, starting with a random one, so that the workers of a cluster do not all start with the
   * same.
   */
  constructor({ all: clocks }: ServerClocks) {
    const shards = clocks.length;
    const first = Math.floor(Math.random() * shards);
    this.states = Array.from({ length: shards }, (_, i) => {
      const shard = (first + i) % shards;
      return { shard, dueAt: 0, wokenAt: undefined, clock: clocks[shard]! };
    });
  }

  get all(): readonly ShardState[] {
    return this.states;
  }

  /** A user of the shard may start. @param now monotonic */
  wake(shard: number, now: number): void {
    const state = this.states.find((each) => each.shard === shard);
    if (!state) return;
    state.wokenAt ??= now;
    state.dueAt = Math.min(state.dueAt, now);
  }

  /** The shards that are due now, longest due first. @param now monotonic */
  due(now: number): ShardState[] {
    return this.states.filter(({ dueAt }) => dueAt <= now).sort((a, b) => a.dueAt - b.dueAt);
  }

  /** Whether a slot that is freed now goes, or may go, to another user. @param now monotonic */
  isAnyDue(now: number): boolean {
    return this.states.some(({ dueAt }) => dueAt <= now);
  }

  /** Monotonic time at which the next one is due; past if one is. */
  get nextAt(): number {
    return Math.min(...this.states.map(({ dueAt }) => dueAt));
  }
}
