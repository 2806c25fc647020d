import { Injectable, OnApplicationBootstrap } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import type { HealthCheckAttempt } from '@nestjs/terminus';
import { Cluster } from 'ioredis';
import { EventLog } from '../common/log/event-log';
import type { RedisMemory } from '../events/readiness';
import { RedisConnection } from '../stores/redis/redis-connection';
import { MINUTE_MS } from '../common/time/units';
import { FailureLog } from './failure-log';
import { HEALTH_TIMEOUT_MS } from './health-timeout';

/** The key is outside every shard, and expires. */
const KEY = 'tw:health';

const POLICY = /^maxmemory_policy:(\S+)/m;
const USED = /^used_memory:(\d+)/m;
const MAX = /^maxmemory:(\d+)/m;

/** Whether Redis accepts a write (it is reachable, and a single server is not full or a replica), and evicts nothing. */
@Injectable()
export class RedisHealth implements OnApplicationBootstrap {
  private readonly log = new EventLog(RedisHealth.name);
  readonly failures = new FailureLog('Redis');
  /** The fullest master in the latest check; undefined if none answered. */
  memory: RedisMemory | undefined;

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
          wrong = await this.wrongPolicy(); // before the write, which fails if the memory is full
          await this.write();
        }, 'it does not answer, or takes no writes; the log says why');
        if (wrong !== undefined) throw new Error(wrong);
      })
      .withTimeout(HEALTH_TIMEOUT_MS);
  }

  /**
   * In a cluster one key would test only one node, and a full one affects only its own shards: QueuesHealth counts the
   * shards whose node accepts writes.
   */
  private async write(): Promise<void> {
    const { client } = this.redis;
    if (!(client instanceof Cluster)) await client.set(KEY, Date.now(), 'PX', MINUTE_MS);
  }

  /**
   * Reads the memory of every master that answers. @returns the wrong `maxmemory-policy` of one, if there is one. Uses INFO, which managed Redis allows
   * even where it forbids CONFIG.
   */
  private async wrongPolicy(): Promise<string | undefined> {
    const { client } = this.redis;
    const servers = client instanceof Cluster ? client.nodes('master') : [client];
    this.memory = undefined;
    const answers = await Promise.allSettled(servers.map((server) => server.info('memory')));
    const infos = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    this.memory = infos.map(memoryOf).toSorted((a, b) => share(b) - share(a))[0];
    const policies = infos.map((info) => POLICY.exec(info)?.[1] ?? 'noeviction');
    const wrong = policies.find((policy) => policy !== 'noeviction');
    return wrong === undefined
      ? undefined
      : `Redis has maxmemory-policy ${wrong}: it must be noeviction, or requests lose their place without a sign.`;
  }
}

const memoryOf = (info: string): RedisMemory => ({
  used: Number(USED.exec(info)?.[1] ?? 0),
  max: Number(MAX.exec(info)?.[1] ?? 0) || undefined, // 0: no limit
});

const share = ({ used, max }: RedisMemory): number => (max === undefined ? 0 : used / max);
