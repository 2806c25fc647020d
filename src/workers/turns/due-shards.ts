import type { ServerClock } from './server-clock';
import type { ServerClocks } from './server-clock';

export interface ShardState {
  readonly shard: number;
  /** Monotonic time from which a user waits there, or may wait: claim from the shard from then on. */
  dueAt: number;
  /** When a wake-up came that no claim has answered yet: one that comes while a claim is under way outlives its reply. */
  wokenAt: number | undefined;
  readonly clock: ServerClock;
}

/**
 * Which shards a worker asks, and in which order: a shard is sorted by the time since when its longest waiting user
 * waits, as far as this process knows. So the next free slot goes to the user who has waited longest in all shards.
 * (P5)
 *
 * Other processes serve a shard between two of its answers, so the time may be too early: the next claim returns the
 * true one. A user who comes meanwhile has waited for less time, or comes with a wake-up, because a worker that found
 * no waiting user on a shard is among its sleepers. The time is too late, by a poll at most, if a wake-up is lost or
 * another sleeper was told the next due time.
 */
export class DueShards {
  private readonly states: readonly ShardState[];

  /** All are due at once, from a random one on, so that the workers of a cluster do not all begin with the same. */
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

  /** Those to be asked now, the longest due first. @param now monotonic */
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
