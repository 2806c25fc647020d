import { Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import type { HealthCheckAttempt } from '@nestjs/terminus';
import { Cluster } from 'ioredis';
import { RedisConnection } from '../common/redis/redis-connection';
import { MINUTE_MS } from '../common/time';
import { HEALTH_TIMEOUT_MS } from './health-timeout';

/** A key of its own, outside every shard; it goes by itself. */
const KEY = 'tw:health';

/** Redis takes a write (it is neither full, nor a replica, nor away), and evicts nothing. */
@Injectable()
export class RedisHealth implements OnApplicationBootstrap {
  private readonly log = new Logger(RedisHealth.name);

  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly redis: RedisConnection,
  ) {}

  /** A wrong policy is an operator's mistake that nobody notices before jobs vanish: it is said at the start. */
  async onApplicationBootstrap(): Promise<void> {
    const wrong = await this.wrongPolicy().catch(() => undefined); // away: /health/ready says so
    if (wrong !== undefined) this.log.error(wrong);
  }

  check(): HealthCheckAttempt<'redis'> {
    return this.indicators
      .check('redis')
      .attempt(async () => {
        await this.redis.client.set(KEY, Date.now(), 'PX', MINUTE_MS);
        const wrong = await this.wrongPolicy();
        if (wrong !== undefined) throw new Error(wrong);
      })
      .withTimeout(HEALTH_TIMEOUT_MS);
  }

  /** What is wrong with `maxmemory-policy`, if anything, of any master. INFO is allowed where CONFIG is not (managed Redis). */
  private async wrongPolicy(): Promise<string | undefined> {
    const { client } = this.redis;
    const servers = client instanceof Cluster ? client.nodes('master') : [client];
    const memories = await Promise.all(servers.map((server) => server.info('memory')));
    const policies = memories.map((memory) => /^maxmemory_policy:(\S+)/m.exec(memory)?.[1] ?? 'noeviction');
    const wrong = policies.find((policy) => policy !== 'noeviction');
    return wrong === undefined
      ? undefined
      : `Redis has maxmemory-policy ${wrong}: it must be noeviction, or requests lose their place without a sign.`;
  }
}
