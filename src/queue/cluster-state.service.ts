import { Injectable } from '@nestjs/common';
import { Cluster } from 'ioredis';
import { chunksOf } from '../common/flow/in-chunks';
import { Clock } from '../common/time/clock';
import { MINUTE_MS, SECOND_MS } from '../common/time/units';
import { QueueSettings } from '../config/settings';
import { ClusterGauges, ClusterReading, OpenShards, UsersByState } from '../events/cluster-gauges';
import { RedisConnection } from '../stores/redis/redis-connection';
import { allShards, healthKey, shardOf } from './keys';
import { ScriptName } from './scripts/script-runner';
import { ShardScripts } from './scripts/shard-scripts.service';
import { EpochView } from './epochs/epoch-view.service';
import { readStuck, StuckReading } from './stuck-users';

/** The state of one shard now. */
export interface ShardReading {
  /** Users who wait for a worker or for a time. */
  readonly waiting: number;
  readonly leased: number;
  /** Of the waiting users: due, and paused or halted; the others wait for a time. */
  readonly due: number;
  readonly stopped: number;
  /** How long the longest waiting due user has been due, ms. */
  readonly dueForMs: number;
}

const sum = (shards: readonly ShardReading[], of: (shard: ShardReading) => number) =>
  shards.reduce((total, shard) => total + of(shard), 0);

/** Users of all shards with something pending, by state. */
export const usersByState = (shards: readonly ShardReading[]): UsersByState => ({
  busy: sum(shards, ({ leased }) => leased),
  due: sum(shards, ({ due }) => due),
  timed: sum(shards, ({ waiting, due, stopped }) => waiting - due - stopped),
  stopped: sum(shards, ({ stopped }) => stopped),
});

/** The state of the whole cluster, read from its shards on demand. */
@Injectable()
export class ClusterState extends ClusterGauges {
  private readonly closed = new Map<number, Date>();

  constructor(
    private readonly view: EpochView,
    private readonly scripts: ShardScripts,
    private readonly settings: QueueSettings,
    private readonly clock: Clock,
    private readonly redis: RedisConnection,
  ) {
    super();
  }

  /** @throws ShardClosed, or an error of Redis: a partial sum would be wrong */
  async read(): Promise<ClusterReading> {
    const shards = await Promise.all(this.shards.map((shard) => this.readShard(shard)));
    return {
      pendingUsers: sum(shards, ({ waiting }) => waiting),
      leasedUsers: sum(shards, ({ leased }) => leased),
      usersByState: usersByState(shards),
      oldestDueSeconds: Math.max(...shards.map(({ dueForMs }) => dueForMs)) / SECOND_MS,
    };
  }

  /**
   * Checks as an accept does: the view that permits are given under, the gate of each shard, and in a cluster whether its
   * node takes writes. (RedisHealth checks a single server.)
   */
  async openShards(): Promise<OpenShards> {
    const { client } = this.redis;
    let [open, writable] = [0, 0];
    const look = async (shard: number) => {
      await this.call('probe', shard);
      open += 1;
      // Unlike the scripts of accepted requests, a full node refuses this.
      if (client instanceof Cluster) await client.set(healthKey(shard), 1, 'PX', MINUTE_MS);
      writable += 1;
    };
    await Promise.allSettled(this.shards.map(look));
    const of = this.shards.length;
    return this.view.isValid()
      ? { isBlind: false, open, writable, of }
      : { isBlind: true, open: 0, writable: 0, of };
  }

  get shards(): number[] {
    return allShards(this.settings.shards);
  }

  shardOf(userId: string): number {
    return shardOf(userId, this.settings.shards);
  }

  /**
   * Since when this process has found the shard closed at each look; null if it is open, or was not looked at.
   */
  closedSince(shard: number): Date | null {
    return this.closed.get(shard) ?? null;
  }

  epochOf(shard: number): number {
    return this.view.epochOf(shard) ?? 0;
  }

  /** @throws ShardClosed, or an error of Redis */
  async readShard(shard: number): Promise<ShardReading> {
    type Reply = [string, number, number, string, number, number];
    const [now, waiting, leased, first, due, stopped] = (await this.call('probe', shard)) as Reply;
    const dueForMs = first === '' ? 0 : Number(now) - Number(first);
    return { waiting, leased, due, stopped, dueForMs };
  }

  /** The workers that serve users of a shard now, and how many. @throws as above */
  async servingOf(shard: number): Promise<ReadonlyMap<string, number>> {
    const flat = (await this.call('count_leases', shard)) as string[];
    const pairs = chunksOf(flat, 2) as [worker: string, leases: string][];
    return new Map(pairs.map(([worker, leases]) => [worker, Number(leases)]));
  }

  /**
   * Users of a shard whose queue has not moved for longer than this, and users whose queue is stopped.
   * @param most for each reason @throws as above
   */
  async stuckOf(shard: number, longerThanMs: number, most: number): Promise<StuckReading> {
    return readStuck(await this.call('stuck', shard, [longerThanMs, most]));
  }

  private async call(name: ScriptName, shard: number, args: readonly number[] = []): Promise<unknown> {
    try {
      const reply = await this.scripts.call(name, shard, this.epochOf(shard), args);
      this.closed.delete(shard);
      return reply;
    } catch (error) {
      if (!this.closed.has(shard)) this.closed.set(shard, new Date(this.clock.wall()));
      throw error;
    }
  }
}
