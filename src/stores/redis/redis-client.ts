import { Cluster, Redis, RedisOptions } from 'ioredis';
import { SECOND_MS } from '../../common/time/units';
import { hostOf } from '../../config/address-range';
import { writeOnceATurn } from './one-write-a-turn';

/**
 * A call that is not answered in this time fails with an unknown outcome, and its connection is closed. A waiting
 * client must get its 503 within two seconds in all.
 */
const COMMAND_TIMEOUT_MS = 1.5 * SECOND_MS;
const CONNECT_TIMEOUT_MS = 2 * SECOND_MS;

/** How long to wait before the next try to connect, ms; null to stop trying. */
export type RetryDelay = (tries: number) => number | null;

/**
 * A call fails fast while Redis is away, and is never sent again by itself: the next connection may lead to another
 * server, or to the same one without its data.
 */
const FAIL_FAST = {
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0, // a sent call fails when the connection breaks, not only at its timeout
  commandTimeout: COMMAND_TIMEOUT_MS,
  socketTimeout: COMMAND_TIMEOUT_MS,
  connectTimeout: CONNECT_TIMEOUT_MS,
} satisfies RedisOptions;

const SENTINEL = /^rediss?\+sentinel:$/;

/**
 * Connects to the servers in REDIS_URL: one server, the nodes of a cluster, or the sentinels of a master.
 * @param urls at least one
 */
export function openRedis(urls: readonly string[], retryDelay: RetryDelay): Redis | Cluster {
  const [first = ''] = urls;
  if (SENTINEL.test(new URL(first).protocol)) return writeOnceATurn(sentinelled(urls, retryDelay));
  return urls.length > 1
    ? clusterOf(urls, retryDelay).on('+node', writeOnceATurn)
    : writeOnceATurn(endSocketTimer(new Redis(first, { ...FAIL_FAST, retryStrategy: retryDelay })));
}

/**
 * When a connection breaks with unanswered calls, ioredis 5 forgets to clear the timer of `socketTimeout`. The timer
 * would later break the next connection, so each outage would cause another one. (redis/ioredis#2147, fixed in version
 * 6, which Bull does not support. Nodes of a Cluster do not reconnect, so their timers do no harm.)
 */
function endSocketTimer(client: Redis): Redis {
  const timed = client as unknown as { socketTimeoutTimer: NodeJS.Timeout | undefined };
  return client.on('close', () => {
    clearTimeout(timed.socketTimeoutTimer);
    timed.socketTimeoutTimer = undefined;
  });
}

/** Other nodes are discovered, so they get user, password and TLS of the first URL. */
function clusterOf(urls: readonly string[], clusterRetryStrategy: RetryDelay): Cluster {
  const first = new URL(urls[0]!);
  return new Cluster([...urls], {
    enableOfflineQueue: false,
    clusterRetryStrategy,
    retryDelayOnFailover: 0, // or it would resend calls of a lost node
    redisOptions: {
      ...FAIL_FAST,
      ...credentialsOf(first),
      ...(first.protocol === 'rediss:' ? { tls: {} } : {}),
    },
  });
}

/**
 * `redis+sentinel://user:password@host:port/master?sentinelPassword=...`, one URL per sentinel. The first one names the
 * master and the servers' credentials. Any sentinel can report a failover.
 */
function sentinelled(urls: readonly string[], retryDelay: RetryDelay): Redis {
  const parsed = urls.map((url) => new URL(url));
  const first = parsed[0]!;
  const sentinelPassword = first.searchParams.get('sentinelPassword');
  const isEncrypted = first.protocol === 'rediss+sentinel:';
  return endSocketTimer(
    new Redis({
      ...FAIL_FAST,
      ...credentialsOf(first),
      ...(isEncrypted ? { tls: {}, sentinelTLS: {}, enableTLSForSentinelMode: true } : {}),
      ...(sentinelPassword === null ? {} : { sentinelPassword }),
      name: decodeURIComponent(first.pathname.slice(1)),
      sentinels: parsed.map((url) => ({ host: hostOf(url), port: Number(url.port || SENTINEL_PORT) })),
      failoverDetector: true,
      sentinelCommandTimeout: COMMAND_TIMEOUT_MS,
      retryStrategy: retryDelay,
      sentinelRetryStrategy: retryDelay,
    }),
  );
}

const SENTINEL_PORT = 26_379;

const credentialsOf = ({ username, password }: URL) => ({
  ...(username === '' ? {} : { username: decodeURIComponent(username) }),
  ...(password === '' ? {} : { password: decodeURIComponent(password) }),
});
