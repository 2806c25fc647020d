import { Injectable } from '@nestjs/common';
import { Cluster } from 'ioredis';
import { RedisConnection } from '../../stores/redis/redis-connection';
import { allShards, scriptKeys, shardOfKey } from '../keys';
import { ScriptRunner } from '../scripts/script-runner';

/** Keys that one call scans: about a millisecond of Redis. */
const SCAN_KEYS = 1000;

/** Removes shards that no process serves from Redis. MongoDB has everything that was in them. */
@Injectable()
export class ShardSweep {
  constructor(
    private readonly redis: RedisConnection,
    private readonly scripts: ScriptRunner,
  ) {}

  /**
   * Removes every key of the shards 0 to `shards - 1`, including those of users without anything pending, which a
   * rebuild leaves.
   * @param epoch above every epoch that was used: a shard with a newer one is left alone
   * @param extend called before each step
   * @returns how many keys were removed
   * @throws ShardClosed when a shard has a newer epoch, or Redis was restarted meanwhile
   */
  async run(shards: number, epoch: number, extend: () => Promise<void>): Promise<number> {
    const own = new Set(allShards(shards).map((shard) => scriptKeys(shard)[0]));
    for (let shard = 0; shard < shards; shard++) await this.scripts.run('begin_rebuild', shard, epoch, [1]);
    let count = 0;
    for await (const found of this.scan()) {
      await extend();
      const keys = new Map<number, string[]>();
      for (const key of found) {
        const shard = shardOfKey(key);
        if (shard !== undefined && shard < shards && !own.has(key))
          keys.set(shard, [...(keys.get(shard) ?? []), key]);
      }
      for (const [shard, ofShard] of keys) {
        await this.scripts.run('sweep', shard, epoch, ofShard);
        count += ofShard.length;
      }
    }
    for (let shard = 0; shard < shards; shard++)
      await this.scripts.run('sweep', shard, epoch, [scriptKeys(shard)[0]]);
    return count;
  }

  /** The keys of all shards, in chunks; in a cluster those of every master. */
  private async *scan(): AsyncIterable<string[]> {
    const { client } = this.redis;
    for (const node of client instanceof Cluster ? client.nodes('master') : [client]) {
      let cursor = '0';
      do {
        const [next, keys] = await node.scan(cursor, 'MATCH', '{tw*}:*', 'COUNT', SCAN_KEYS);
        yield keys;
        cursor = next;
      } while (cursor !== '0');
    }
  }
}
