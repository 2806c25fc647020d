import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import Bull from 'bull';
import type { Redis } from 'ioredis';
import { RedisConnection } from '../common/redis/redis-connection';
import { QueueSettings } from '../config/settings';
import { shardOf, tagOf } from './keys';

/** Bull objects kept open at most; the one that was used longest ago goes first. */
const MAX_OPEN = 500;

/** Where a user's queue is found by Bull's tools, and what they count in it. */
export interface BullView {
  readonly name: string;
  readonly prefix: string;
  readonly counts: { readonly waiting: number; readonly active: number; readonly delayed: number };
}

/**
 * The named Bull queue of each user: name = the user id, prefix = the tag of their shard. A queue comes into being in
 * Redis with the first request that is held in it, and leaves no key when it is empty. All share the process's one
 * connection, so that an idle user costs nothing. (P4)
 *
 * Bull's objects are for reading: counts, jobs, states. They must never write (add, process, pause, ...): a Bull
 * processor has concurrency 1 in *its own* process only and overtakes a failed job, so the turns are given out
 * under leases instead (src/workers). (P1, P2)
 */
@Injectable()
export class QueueRegistry implements OnApplicationShutdown {
  private readonly open = new Map<string, Bull.Queue>();

  constructor(
    private readonly redis: RedisConnection,
    private readonly settings: QueueSettings,
  ) {
    redis.client.setMaxListeners(MAX_OPEN + 100); // each open queue listens to the connection's errors
  }

  /** The shard of a user's queue. */
  shardOf(userId: string): number {
    return shardOf(userId, this.settings.shards);
  }

  /** What names a user's queue, without opening it. */
  private nameOf(userId: string): Pick<BullView, 'name' | 'prefix'> {
    return { name: userId, prefix: tagOf(this.shardOf(userId)) };
  }

  /** A user's queue as Bull itself sees it, and any tool that is built on it. */
  async read(userId: string): Promise<BullView> {
    const { waiting, active, delayed } = await this.queueOf(userId).getJobCounts();
    return { ...this.nameOf(userId), counts: { waiting, active, delayed } };
  }

  /** Bull's own object of a user's queue, to read it. */
  private queueOf(userId: string): Bull.Queue {
    const queue = this.open.get(userId) ?? this.openQueue(userId);
    this.open.delete(userId); // to the end: the order is that of use
    this.open.set(userId, queue);
    if (this.open.size > MAX_OPEN) void this.close([...this.open.keys()][0]!);
    return queue;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.open.keys()].map((userId) => this.close(userId)));
  }

  private openQueue(userId: string): Bull.Queue {
    const { name, prefix } = this.nameOf(userId);
    return new Bull(name, {
      prefix,
      skipVersionCheck: true, // it would be a call a queue
      createClient: () => this.redis.client as Redis,
    } as Bull.QueueOptions);
  }

  /** A queue that shares its connection has nothing to close but its listener on it. */
  private async close(userId: string): Promise<void> {
    const queue = this.open.get(userId);
    this.open.delete(userId);
    await queue?.close(true);
  }
}
