import { Injectable } from '@nestjs/common';
import type { Collection } from 'mongodb';
import { eachInTurn } from '../../common/flow/each-in-turn';
import { permitted, type Permit } from '../../queue/epochs/permit';
import { QueueSettings } from '../../config/settings';
import { allShards, shardOf } from '../../queue/keys';
import { QueueControls } from '../../queue/queue-controls.service';
import { EpochView } from '../../queue/epochs/epoch-view.service';
import type { RequestDocument } from '../../journal/request-document';
import { DECIDING, InjectRequests, LINEARIZABLE } from '../../journal/request.schema';

/** A failed request that halts its user's queue. */
export interface HaltingRequest {
  readonly id: string;
  /** When it failed. */
  readonly since: Date | null;
}

/**
 * Finds the request that halts a queue, and lifts the halt. A queue is halted while a failed request of its user has
 * `halts`.
 */
@Injectable()
export class Halts {
  constructor(
    private readonly controls: QueueControls,
    private readonly view: EpochView,
    private readonly settings: QueueSettings,
    @InjectRequests() private readonly requests: Collection<RequestDocument>,
  ) {}

  /** The failed request that halts a user's queue. */
  async haltedBy(userId: string, shard: number): Promise<HaltingRequest | undefined> {
    return (await this.haltedOf(shard, [userId])).get(userId);
  }

  /** The same for several users of a shard, by user. */
  async haltedOf(shard: number, userIds: readonly string[]): Promise<Map<string, HaltingRequest>> {
    const halting = await this.requests
      .find(
        { shard, userId: { $in: [...userIds] }, halts: true },
        { projection: { userId: 1, finishedAt: 1 }, hint: 'halts', ...DECIDING },
      )
      .toArray();
    return new Map(
      halting.map(({ _id: id, userId, finishedAt }) => [userId, { id, since: finishedAt ?? null }]),
    );
  }

  /**
   * Lifts the halt in Redis, after MongoDB has recorded that the failed request was retried or dismissed.
   * @param token under which it failed @throws Problem unavailable
   */
  async lift(permit: Permit, userId: string, token: number): Promise<void> {
    await this.controls.liftHalt(permit, userId, token);
  }

  /**
   * Lifts every halt of a user whose account has ended: the failed requests go with it. (P4) @throws Problem
   * unavailable
   */
  async liftAll(userId: string): Promise<void> {
    await permitted(this.view.permit(shardOf(userId, this.settings.shards)), async (permit) => {
      await this.lift(permit, userId, Number.MAX_SAFE_INTEGER);
    });
  }

  /**
   * Lifts halts without a failed request: the process that decided about it died before it lifted the halt.
   * @throws when a shard is closed or a store away, once all others were checked: the next run continues
   */
  async liftOrphans(): Promise<void> {
    const shards = allShards(this.settings.shards);
    await eachInTurn(shards, async (shard) =>
      permitted(this.view.permit(shard), async (permit) => {
        for await (const stopped of this.controls.stopped(permit)) {
          const halted = stopped.filter(isHalted);
          if (halted.length === 0) continue;
          const userId = { $in: halted.map((each) => each.userId) };
          const standing = await this.requests.distinct(
            'userId',
            { shard, halts: true, userId },
            LINEARIZABLE,
          );
          for (const each of halted)
            if (!standing.includes(each.userId)) await this.lift(permit, each.userId, each.halting);
        }
      }),
    );
  }
}

const isHalted = <T extends { readonly halting: number | undefined }>(
  stopped: T,
): stopped is T & { readonly halting: number } => stopped.halting !== undefined;
