import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { Cluster } from 'ioredis';
import { Connection } from 'mongoose';
import { DriverGauges, DriverReading } from '../events/driver-gauges';
import { RedisConnection } from './redis/redis-connection';

/**
 * Private fields of the driver's pool. It has no public way to read them, and its events would cost something in every
 * call.
 */
interface Pool {
  readonly currentCheckedOutCount: number;
  readonly availableConnectionCount: number;
  readonly waitQueueSize: number;
}

/** Reads the drivers' state on demand, so that calls pay nothing for it. */
@Injectable()
export class Drivers extends DriverGauges {
  constructor(
    @InjectConnection() private readonly mongodb: Connection,
    private readonly redis: RedisConnection,
  ) {
    super();
  }

  read(): DriverReading {
    const pools = this.pools;
    const sum = (of: (pool: Pool) => number) => pools.reduce((total, pool) => total + of(pool), 0);
    const { client } = this.redis;
    const servers = client instanceof Cluster ? client.nodes('all') : [client];
    return {
      mongodb: {
        in_use: sum((pool) => pool.currentCheckedOutCount),
        idle: sum((pool) => pool.availableConnectionCount),
        waiting: sum((pool) => pool.waitQueueSize),
      },
      redisUnanswered: servers.reduce((total, { commandQueue }) => total + commandQueue.length, 0),
    };
  }

  /** One pool for each server of the replica set. */
  private get pools(): Pool[] {
    const { topology } = this.mongodb.getClient() as unknown as {
      readonly topology?: { readonly s: { readonly servers: ReadonlyMap<string, { readonly pool: Pool }> } };
    };
    return [...(topology?.s.servers.values() ?? [])].map(({ pool }) => pool);
  }
}
