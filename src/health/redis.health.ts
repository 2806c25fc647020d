import { Injectable, OnApplicationBootstrap } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import type { HealthCheckAttempt } from '@nestjs/terminus';
import { Cluster } from 'ioredis';
import { EventLog } from '../common/log/event-log';
import { RedisConnection } from '../stores/redis/redis-connection';
import { MINUTE_MS } from '../common/time/units';
import { FailureLog } from './failure-log';
import { HEALTH_TIMEOUT_MS } from './health-timeout';

/** The key is outside every shard, and expires. */
const KEY = 'tw:health';

const POLICY = /^maxmemory_policy:(\S+)/m;

/** Whether Redis accepts a write (it is reachable, not full and not a replica), and evicts nothing. */
@Injectable()
export class RedisHealth implements OnApplicationBootstrap {
  private readonly log = new EventLog(RedisHealth.name);
  readonly failures = new FailureLog('Redis');

  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly redis: RedisConnection,
  ) {}

  /** Logs a wrong policy at the start, because it goes unnoticed until jobs vanish. */
  async onApplicationBootstrap(): Promise<void> {
    const wrong = await this.wrongPolicy();
    if (wrong !== undefined) this.log.write('store.misconfigured', { store: 'Redis', cause: wrong });
  }

  check(): HealthCheckAttempt<'redis'> {
    return this.indicators
      .check('redis')
      .attempt(async () => {
        let wrong: string | undefined;
        await this.failures.watch(async () => {
          await this.write();
          wrong = await this.wrongPolicy();
        }, 'it does not answer, or takes no writes; the log says why');
        if (wrong !== undefined) throw new Error(wrong);
      })
      .withTimeout(HEALTH_TIMEOUT_MS);
  }

  /**
   * In a cluster one key would test only one node, so QueuesHealth checks for each shard whether its node accepts
   * writes.
   */
  private async write(): Promise<void> {
    const { client } = this.redis;
    if (!(client instanceof Cluster)) await client.set(KEY, Date.now(), 'PX', MINUTE_MS);
  }

  /**
   * The wrong `maxmemory-policy` of any master that answers, if there is one. Uses INFO, which managed Redis allows
   * even where it forbids CONFIG.
   */
  private async wrongPolicy(): Promise<string | undefined> {
    const { client } = this.redis;
    const servers = client instanceof Cluster ? client.nodes('master') : [client];
    const memories = await Promise.allSettled(servers.map((server) => server.info('memory')));
    const policies = memories.map((memory) =>
      memory.status === 'rejected' ? 'noeviction' : (POLICY.exec(memory.value)?.[1] ?? 'noeviction'),
    );
    const wrong = policies.find((policy) => policy !== 'noeviction');
    return wrong === undefined
      ? undefined
      : `Redis has maxmemory-policy ${wrong}: it must be noeviction, or requests lose their place without a sign.`;
  }
}
