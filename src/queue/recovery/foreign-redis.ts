import { Injectable } from '@nestjs/common';
import { RedisConnection } from '../../stores/redis/redis-connection';
import { InvalidEnvironment } from '../../config/env';
import { scriptKeys } from '../keys';
import { EpochStore } from '../epochs/epoch.store';

/** Redis serves another installation, that is, the processes of another MongoDB. */
export class ForeignRedis extends InvalidEnvironment {
  constructor(other: string, own: string) {
    super(
      `This Redis serves another installation of Turnwise (${other}; this one is ${own}). ` +
        "Two installations on one Redis would remove each other's requests. Give each its own Redis, or its own database " +
        'number (REDIS_URL=redis://host/1). If the other one is gone, because MongoDB is new and Redis was kept, empty ' +
        'Redis first: redis-cli FLUSHDB. It holds nothing that MongoDB does not.',
    );
  }
}

/**
 * Finds out which installation Redis belongs to: each shard names the one that opened or rebuilds it
 * (lua/begin_rebuild.lua).
 */
@Injectable()
export class RedisOwner {
  constructor(
    private readonly redis: RedisConnection,
    private readonly epochs: EpochStore,
  ) {}

  /**
   * @throws ForeignRedis when a shard belongs to another installation, otherwise an error of Redis if a shard cannot be
   * read
   */
  async mustBeUs(shards: Iterable<number>): Promise<void> {
    const looks = await Promise.allSettled([...shards].map((shard) => this.mustBeOurs(shard)));
    const errors: unknown[] = looks.flatMap((look) =>
      look.status === 'rejected' ? [look.reason as unknown] : [],
    );
    if (errors.length > 0) throw errors.find((error) => error instanceof ForeignRedis) ?? errors[0];
  }

  private async mustBeOurs(shard: number): Promise<void> {
    const values = await this.redis.client.hmget(scriptKeys(shard)[0], 'epoch', 'recovering');
    // `<number> <installation>`, and the second with the server's history behind it; neither of 0.1.0 has one.
    const owners = [values[0]?.match(/^\d+ (\S+)$/)?.[1], values[1]?.match(/^\d+ (\S+) \S+$/)?.[1]];
    const other = owners.find((owner) => owner !== undefined);
    const own = this.epochs.installation;
    if (other !== undefined && other !== own) throw new ForeignRedis(other, own);
  }
}
