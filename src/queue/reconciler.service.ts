import { Injectable } from '@nestjs/common';
import { eachInTurn } from '../common/flow/each-in-turn';
import { MINUTE_MS } from '../common/time/units';
import { QueueSettings } from '../config/settings';
import type { FaultKind } from '../events/event-map';
import { Fault, Mending, OnRecord } from './mending.service';
import { allShards, shardOf } from './keys';
import { PendingId, PendingRequests } from './pending-requests';
import { QueueControls } from './queue-controls.service';
import { EpochView } from './epochs/epoch-view.service';
import { permitted } from './epochs/permit';

/** Younger requests may still be on their way into Redis. */
const OLD_ENOUGH_MS = MINUTE_MS;
/** Requests looked at in one step. */
const STEP = 200;

/** Pending requests of one shard that are looked at together. */
interface Page {
  readonly shard: number;
  readonly requests: readonly PendingId[];
  /** Pending requests of these users, among others. */
  readonly readAgain: () => Promise<readonly PendingId[]>;
}

/**
 * Finds broken queues in Redis and has them rebuilt: after some keys were lost, for a request that was never
 * acknowledged (its API process froze in the middle of an accept), or after a bug. Each repair raises an alarm. (P2,
 * P3, P5)
 *
 * It looks from both sides: at the users with something pending or settings in MongoDB, and at the users whose queue is
 * stopped in Redis.
 */
@Injectable()
export class Reconciler {
  constructor(
    private readonly pending: PendingRequests,
    private readonly mending: Mending,
    private readonly controls: QueueControls,
    private readonly view: EpochView,
    private readonly settings: QueueSettings,
  ) {}

  /**
   * Checks everything once: requests only if they are older than a minute, by a clock that all processes share.
   * @returns how many queues were mended
   * @throws when a shard is closed or a store away, once all others were checked: the next run starts again
   */
  async runOnce(olderThanMs = OLD_ENOUGH_MS): Promise<number> {
    const shards = allShards(this.settings.shards);
    const looks = [
      ...shards.map((shard) => () => this.lookAtControls(shard)),
      () => this.lookAtRequests(olderThanMs),
      ...shards.map((shard) => () => this.lookAtStopped(shard)),
    ];
    let count = 0;
    await eachInTurn(looks, async (look) => (count += await look()));
    return count;
  }

  private async lookAtRequests(ageMs: number): Promise<number> {
    let count = 0;
    await eachInTurn(this.pagesOf(ageMs), async (page) => (count += await this.lookAtPage(page)));
    return count;
  }

  /** The pending requests of at least this age, each page of one shard. */
  private async *pagesOf(ageMs: number): AsyncIterable<Page> {
    for (let after: PendingId | undefined; ;) {
      const from = after;
      const read = () => this.pending.olderThan(ageMs, from, STEP);
      const requests = await read();
      if (requests.length === 0) return;
      const right = await this.inTheirShards(requests);
      for (const shard of new Set(right.map((request) => request.shard)))
        yield { shard, requests: right.filter((request) => request.shard === shard), readAgain: read };
      after = requests.at(-1);
    }
  }

  private async lookAtPage({ shard, requests, readAgain }: Page): Promise<number> {
    const users = new Map<string, string[]>();
    for (const { userId, requestId } of requests)
      users.set(userId, [...(users.get(userId) ?? []), requestId]);
    const onRecord = [...users].map(([userId, requestIds]) => ({ userId, requestIds }));
    const faults = await this.mending.faultsOf(shard, onRecord);
    if (faults.size === 0) return 0;
    // A request that has just ended is missing from Redis too: its end was recorded before.
    const stillPending = new Set((await readAgain()).map(({ requestId }) => requestId));
    return this.mend(shard, faults, (id) => id === '' || stillPending.has(id));
  }

  /**
   * Keeps the requests whose shard is the one of their user. A process that froze while the number of shards changed
   * has written the others: they were never acknowledged. They are moved, and the next run finds them.
   */
  private async inTheirShards(requests: readonly PendingId[]): Promise<readonly PendingId[]> {
    const isRight = ({ shard, userId }: PendingId) => shard === shardOf(userId, this.settings.shards);
    for (const userId of new Set(requests.filter((each) => !isRight(each)).map((each) => each.userId)))
      await this.pending.moveTo(shardOf(userId, this.settings.shards), userId);
    return requests.filter(isRight);
  }

  /** Skips settings that Redis does not have yet: the call that changed them, or its repeat, applies them. */
  private async lookAtControls(shard: number): Promise<number> {
    let count = 0;
    for await (const controls of this.pending.controlsOf(shard)) {
      const told = controls.filter(({ isDirty }) => !isDirty);
      count += await this.look(
        shard,
        told.map((control) => ({ userId: control.userId, control })),
      );
    }
    return count;
  }

  /** Some of these may not be recorded at all. */
  private async lookAtStopped(shard: number): Promise<number> {
    return permitted(this.view.permit(shard), async (permit) => {
      let count = 0;
      for await (const stopped of this.controls.stopped(permit))
        count += await this.look(
          shard,
          stopped.filter(({ halting }) => halting === undefined),
        );
      return count;
    });
  }

  private async look(shard: number, users: readonly OnRecord[]): Promise<number> {
    if (users.length === 0) return 0;
    return this.mend(shard, await this.mending.faultsOf(shard, users), () => true);
  }

  private async mend(
    shard: number,
    faults: ReadonlyMap<string, readonly Fault[]>,
    counts: (requestId: string) => boolean,
  ): Promise<number> {
    let count = 0;
    await eachInTurn(faults, async ([userId, found]) => {
      const kinds = new Set<FaultKind>(
        found.filter((fault) => counts(fault.requestId)).map(({ kind }) => kind),
      );
      if (kinds.size === 0) return;
      await this.mending.mend(shard, userId, [...kinds]);
      count += 1;
    });
    return count;
  }
}
