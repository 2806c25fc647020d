/**
 * The names of the shards in Redis. The scripts build all further keys of a shard from its tag (lua/_prelude.lua).
 * A user belongs to one of QUEUE_SHARDS shards; the shard's tag is its Redis Cluster hash tag, and the prefix of
 * its users' Bull queues.
 */

/**
 * The shard of a user: FNV-1a over the id, whose characters are one byte each. It must never change, otherwise a user
 * would have two queues.
 */
export function shardOf(userId: string, shards: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < userId.length; i++) hash = Math.imul(hash ^ userId.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % shards;
}

/** The numbers of all shards. */
export const allShards = (count: number): number[] => Array.from({ length: count }, (_, shard) => shard);

export const tagOf = (shard: number): string => `{tw${shard}}`;

/** The shard of a key, or of a tag alone; undefined if it belongs to none. */
export function shardOfKey(key: string): number | undefined {
  const shard = /^\{tw(\d+)\}(:|$)/.exec(key)?.[1];
  return shard === undefined ? undefined : Number(shard);
}

/** The two keys that every script declares. */
export const scriptKeys = (shard: number): [string, string] => [
  `${tagOf(shard)}:shard`,
  `${tagOf(shard)}:none`,
];

/** A key on the node of a shard that is not a part of the shard. */
export const healthKey = (shard: number): string => `tw:health:${tagOf(shard)}`;

/** The channel on which a user's listeners learn that there are new events. */
export const eventsChannel = (userId: string): string => `tw:events:${userId}`;

/** The channel that wakes one worker, and tells it what to abort. */
export const workerChannel = (worker: string): string => `tw:worker:${worker}`;
