import { Injectable } from '@nestjs/common';
import { QueueSettings } from '../config/settings';
import type { Permit } from './epochs/permit';
import { BullReader } from './bull-reader.service';
import { readSnapshot, QueueSnapshot } from './queue-snapshot';
import { holdArgs, HoldItem, HoldItemReply, holdTerms } from './scripts/hold';
import { ShardScripts } from './scripts/shard-scripts.service';
import { availably } from './shard-unavailable';
import { EpochView } from './epochs/epoch-view.service';

/** The place of a request. Times by the shard's clock, ms since 1970. */
export interface Place {
  readonly seq: number;
  /** How many requests of the user start before it; undefined while it is scheduled. */
  readonly position: number | undefined;
  /** The time it is scheduled for, if that is still to come. */
  readonly runAt: number | undefined;
  readonly now: number;
}

type HoldReply =
  | (Place & { readonly outcome: 'held' })
  /** `full`: too many requests; `heavy`: too many bytes. */
  | { readonly outcome: 'full' | 'heavy' };

export interface HeldPlace {
  readonly userId: string;
  readonly requestId: string;
  readonly seq: number;
  /** Whether the place becomes a request that may run, or is given up (only while it is still held). */
  readonly accepted: boolean;
}

/** The users' queues in Redis, for the code that accepts and shows requests. */
@Injectable()
export class UserQueues {
  constructor(
    private readonly view: EpochView,
    private readonly bullReader: BullReader,
    private readonly scripts: ShardScripts,
    private readonly settings: QueueSettings,
  ) {}

  shardOf(userId: string): number {
    return this.bullReader.shardOf(userId);
  }

  /** @throws ShardUnavailable when this process has no valid view of the user's shard */
  permit(userId: string): Permit {
    return this.view.permit(this.shardOf(userId));
  }

  /** Gives the request its seq and a place in the user's queue, for HOLD ms. @throws ShardUnavailable */
  async hold(permit: Permit, item: HoldItem): Promise<HoldReply> {
    const { now, clock, reply } = await this.holdPlace(permit, item, item.maxDepth, 0);
    this.view.sawSeq(clock);
    return heldOf(reply, now);
  }

  /**
   * Holds adjacent places for several requests of one user. If the queue fills up midway, the earlier places are held
   * anyway: give them up. @throws ShardUnavailable
   */
  async holdAll(permit: Permit, items: readonly HoldItem[]): Promise<HoldReply[]> {
    const held = await availably(
      this.scripts.holdAll(
        permit.shard,
        permit.epoch,
        holdTerms(this.settings),
        items.map((item) => holdArgs(item, item.maxDepth, 0)),
      ),
    );
    return held.map(({ now, clock, reply }) => {
      this.view.sawSeq(clock);
      return heldOf(reply, now);
    });
  }

  /**
   * Holds the place of a request that already has its seq; it is looked up before it runs.
   * @returns false if it is already in line, or its last attempt is not settled yet
   * @throws ShardUnavailable
   */
  async putBack(
    permit: Permit,
    item: Omit<HoldItem, 'maxDepth'> & { readonly seq: number },
  ): Promise<boolean> {
    const { reply } = await this.holdPlace(permit, item, 0, item.seq);
    return reply !== 'BUSY';
  }

  /**
   * Confirms or gives up a held place. `gone`: Redis does not know it under this seq. @throws ShardUnavailable
   */
  async confirm(permit: Permit, { userId, requestId, seq, accepted }: HeldPlace): Promise<'ok' | 'gone'> {
    const args = [userId, requestId, seq, accepted ? 1 : 0];
    const reply = await availably(this.scripts.confirm(permit.shard, permit.epoch, args));
    return reply === 'OK' ? 'ok' : 'gone';
  }

  /**
   * Lets the next attempt of a request start now, whatever is left of its backoff.
   * @param attemptsMade how many of its attempts have failed: if another one has since, nothing is done
   * @returns false if the last of these attempts is not settled yet @throws ShardUnavailable
   */
  async endBackoff(
    permit: Permit,
    userId: string,
    requestId: string,
    attemptsMade: number,
  ): Promise<boolean> {
    const args = [userId, requestId, attemptsMade];
    return (await availably(this.scripts.call('end_backoff', permit.shard, permit.epoch, args))) === 'OK';
  }

  /**
   * Makes the next worker that gets the request look it up.
   * @returns whether it waits: it is not running, and not gone @throws ShardUnavailable
   */
  async markForLookUp(permit: Permit, userId: string, requestId: string): Promise<boolean> {
    const args = [userId, requestId, 'mark'];
    return (await availably(this.scripts.cancel(permit.shard, permit.epoch, args))) === 'WAITING';
  }

  /**
   * Removes a request from the queue after MongoDB has recorded its end. If it is running, its worker is told to abort
   * it, and the user's next request waits until its handler has ended. (P1) @throws ShardUnavailable
   */
  async remove(permit: Permit, userId: string, requestId: string): Promise<void> {
    await availably(this.scripts.cancel(permit.shard, permit.epoch, [userId, requestId, 'remove']));
  }

  /**
   * Removes a user's events and settings, the data besides requests.
   * @returns false, and does nothing, while something is pending @throws ShardUnavailable
   */
  async forget(permit: Permit, userId: string): Promise<boolean> {
    return (await availably(this.scripts.call('forget_user', permit.shard, permit.epoch, [userId]))) === 1;
  }

  /**
   * One user's queue now, and the positions of some of its requests from the head (0-based; scheduled or unknown ones
   * have none). Undefined while the shard is closed or Redis away: then nothing is running.
   */
  async snapshot(userId: string, requestIds: readonly string[] = []): Promise<QueueSnapshot | undefined> {
    const shard = this.shardOf(userId);
    const epoch = this.view.epochOf(shard);
    if (epoch === undefined) return undefined;
    try {
      const reply = await this.scripts.call('snapshot', shard, epoch, [userId, ...requestIds]);
      return readSnapshot(reply, requestIds);
    } catch {
      return undefined;
    }
  }

  private holdPlace(permit: Permit, item: Omit<HoldItem, 'maxDepth'>, maxDepth: number, oldSeq: number) {
    const args = holdArgs(item, maxDepth, oldSeq);
    return availably(this.scripts.hold(permit.shard, permit.epoch, holdTerms(this.settings), args));
  }
}

function heldOf(reply: HoldItemReply, now: number): HoldReply {
  if (typeof reply === 'string') return { outcome: reply === 'HEAVY' ? 'heavy' : 'full' };
  const [seq, position, runAt] = reply.map(Number) as [number, number, number];
  return {
    outcome: 'held',
    seq,
    position: position < 0 ? undefined : position,
    runAt: runAt > 0 ? runAt : undefined,
    now,
  };
}
