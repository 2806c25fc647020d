import { Injectable } from '@nestjs/common';
import Bull from 'bull';
import type { Redis } from 'ioredis';
import { RedisConnection } from '../stores/redis/redis-connection';
import { QueueSettings } from '../config/settings';
import { shardOf, tagOf } from './keys';

/** Where Bull's tools find a user's queue, and its counts. */
export interface BullQueue {
  readonly name: string;
  readonly prefix: string;
  readonly counts: { readonly waiting: number; readonly active: number; readonly delayed: number };
}

/**
 * The named Bull queue of each user: name = the user id, prefix = the tag of their shard. The first request that is
 * held in a queue creates it in Redis, and an empty queue leaves no key. All share the process's one connection, so an
 * idle user costs nothing. (P4)
 *
 * Use Bull's objects only to read: counts, jobs, states. They must never write (add, process, pause, ...): a Bull
 * processor has concurrency 1 only within *its own* process, and lets others overtake a failed job. Turns are given
 * under leases instead (src/workers). (P1, P2)
 */
@Injectable()
export class BullReader {
  constructor(
    private readonly redis: RedisConnection,
    private readonly settings: QueueSettings,
  ) {}

  /** The shard of a user's queue. */
  shardOf(userId: string): number {
    return shardOf(userId, this.settings.shards);
  }

  /** A user's queue as Bull and its tools see it. */
  async read(userId: string): Promise<BullQueue> {
    const queue = this.open(userId);
    try {
      const { waiting, active, delayed } = await queue.getJobCounts();
      return { name: queue.name, prefix: tagOf(this.shardOf(userId)), counts: { waiting, active, delayed } };
    } finally {
      await queue.close(true); // it shares its connection; only its listener must be removed
    }
  }

  private open(userId: string): Bull.Queue {
    return new Bull(userId, {
      prefix: tagOf(this.shardOf(userId)),
      skipVersionCheck: true, // it would be one call per queue
      createClient: () => this.redis.client as Redis,
    } as Bull.QueueOptions);
  }
}
