import { Injectable, OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { Cluster, Redis, RedisOptions } from 'ioredis';
import { inTime } from '../../common/flow/in-time';
import { outageBegan, outageEnded } from '../../common/log/cause';
import { EventLog } from '../../common/log/event-log';
import { StoreSettings } from '../../config/settings';
import { SECOND_MS } from '../../common/time/units';
import { openRedis, RetryDelay } from './redis-client';

/** How long a start waits for Redis. Then it continues, because Redis may come later. */
const START_WAIT_MS = 5 * SECOND_MS;

/** A waiting connection is silent. After this long the system checks whether the other end still exists. */
const KEEP_ALIVE_MS = 10 * SECOND_MS;

/** When a further connection sends a call again that reached a lost node of a cluster. */
const RESEND_MS = 100;

/**
 * The process's one connection to Redis, Redis Cluster or the master of sentinels. It reconnects by itself, without a
 * limit, and is closed in `onApplicationShutdown`: work that needs Redis to finish must use an earlier hook.
 */
@Injectable()
export class RedisConnection implements OnModuleInit, OnApplicationShutdown {
  readonly client: Redis | Cluster;
  private readonly log = new EventLog(RedisConnection.name);
  private readonly further: (Redis | Cluster)[] = [];
  /** Monotonic time since which Redis is away. */
  private awaySince: number | undefined;
  private closed = false;
  /** Reconnects after 50 ms, 100 ms, and so on, at most one second apart; not after it is closed. */
  private readonly retryDelay: RetryDelay = (tries) =>
    this.closed ? null : Math.min(50 * 2 ** (tries - 1), SECOND_MS);

  constructor({ redisUrls }: StoreSettings) {
    this.client = openRedis(redisUrls, this.retryDelay);
    // Without a listener an error event would end the process. One line per outage is enough.
    const at = redisUrls.map((url) => new URL(url).host).join(', ');
    this.client.on('error', (error: Error) => {
      const cause = outageBegan('Redis', at, error);
      if (this.awaySince === undefined) this.log.write('store.away', { store: 'Redis', cause });
      this.awaySince ??= performance.now();
    });
    // Calls fail from here on; the first try to reconnect shows why Redis cannot be reached.
    this.client.on('close', () => outageBegan('Redis', at, new Error('the connection has closed')));
    this.client.on('ready', () => {
      outageEnded('Redis');
      if (this.awaySince === undefined) return;
      const durationMs = Math.round(performance.now() - this.awaySince);
      this.log.write('store.back', { store: 'Redis', durationMs });
      this.awaySince = undefined;
    });
    this.connectAgain(this.client);
  }

  /** Waits for the connection, so that the first calls after a start do not fail needlessly. */
  async onModuleInit(): Promise<void> {
    if (this.client.status === 'ready') return;
    const ready = new Promise<void>((resolve) => void this.client.once('ready', resolve));
    await inTime(ready, START_WAIT_MS);
  }

  /**
   * Another connection, for subscriptions and blocking calls, which may wait for any time. Unanswered calls are sent
   * again after an outage, but channels are not resubscribed. Closed together with this one.
   */
  dedicated(): Redis | Cluster {
    const patient = {
      commandTimeout: undefined,
      socketTimeout: undefined,
      maxRetriesPerRequest: null,
      enableReadyCheck: false,
      autoResendUnfulfilledCommands: true,
      autoResubscribe: false, // its refusals would go unhandled; Subscriptions resubscribes
      keepAlive: KEEP_ALIVE_MS,
    } as RedisOptions;
    const client =
      this.client instanceof Cluster
        ? this.client.duplicate([], {
            enableOfflineQueue: true,
            retryDelayOnFailover: RESEND_MS,
            redisOptions: { ...this.client.options.redisOptions, ...patient },
          })
        : this.client.duplicate({ ...patient, enableOfflineQueue: true });
    client.on('error', () => undefined); // the main connection has logged the outage
    this.further.push(client);
    this.connectAgain(client);
    if (this.closed) this.close(client);
    return client;
  }

  onApplicationShutdown(): void {
    this.closed = true;
    for (const client of [...this.further, this.client]) this.close(client);
  }

  /**
   * ioredis gives a connection up permanently if a failover is reported while it looks for the master. Connects again,
   * unless the connection was closed by this class.
   */
  private connectAgain(client: Redis | Cluster): void {
    client.on('end', () => {
      const connect = () => this.closed || void client.connect().catch(() => undefined);
      if (!this.closed) setTimeout(connect, SECOND_MS).unref();
    });
  }

  /** Closes a connection permanently. A closing Bull queue may reconnect its blocking connection even after this. */
  private close(client: Redis | Cluster): void {
    client.on('connect', () => client.disconnect());
    client.disconnect();
  }
}
