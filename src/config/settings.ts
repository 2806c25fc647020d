/** The validated configuration, one slice for each room. The classes are the injection tokens of the slices. */
import type { Durations } from './durations';

export abstract class HttpSettings {
  abstract readonly host: string;
  /** 0: any free port. */
  abstract readonly port: number;
  /** Second port for probes and scrapers; 0: any free port. */
  abstract readonly healthPort: number | undefined;
  /** Addresses and CIDR ranges whose `X-Forwarded-For` is trusted. */
  abstract readonly trustProxy: readonly string[];
  /** Calls per second that an account may make of one process, with all its credentials; 0: no limit. */
  abstract readonly callsPerSecond: number;
  /** Calls per second that no account pays for, from one address; 0: no limit. */
  abstract readonly strangerCallsPerSecond: number;
  /** Connections open to one process. Above this, idle ones make room. */
  abstract readonly maxConnections: number;
  /** Waits, waiting claims and streams that one account may have open in one process. */
  abstract readonly longCalls: number;
  /** Lists, audits and reads of large requests of one account that one process handles at once. */
  abstract readonly costlyCalls: number;
  /** Bytes of answers that may wait in one process until clients read them. */
  abstract readonly unreadBytes: number;
  /** Origins of pages that may show the portal in a frame. */
  abstract readonly portalOrigins: readonly string[];
  /** How long calls are still served after SIGTERM; 0 for a worker, which serves none. */
  abstract readonly drainMs: number;
}

export abstract class StoreSettings {
  /** One URL, the nodes of a Redis Cluster, or sentinels. */
  abstract readonly redisUrls: readonly string[];
  abstract readonly mongodbUri: string;
}

export abstract class AuthSettings {
  /** Each has at least 32 characters. The first one signs and seals; what any of them signed or sealed is accepted. */
  abstract readonly jwtSecrets: readonly [first: string, ...others: string[]];
  /** How long after its login a session ends at the latest, ms. */
  abstract readonly sessionMaxMs: number;
  /** Whether accounts can be created without an admin. */
  abstract readonly isRegistrationOpen: boolean;
}

/** The numbers of the queue protocol (docs/queue-protocol.md). */
export abstract class QueueSettings implements Durations {
  abstract readonly shards: number;
  abstract readonly leaseMs: number;
  abstract readonly viewMs: number;
  abstract readonly holdMs: number;
  /** Most pending requests of a user, unless the user has a limit of their own. */
  abstract readonly maxDepth: number;
  /**
   * Most bytes of payloads over 1 KiB that a user may have pending. A user whose own limit is above `maxDepth` gets
   * proportionally more.
   */
  abstract readonly maxBytes: number;
  /** Bytes that a user may store in a day; 0: no limit. */
  abstract readonly dailyBytes: number;
}

export abstract class RequestSettings {
  /** Ended requests older than this are removed. */
  abstract readonly retentionDays: number;
  /** The longest time limit of an attempt that an enqueue may set, ms. */
  abstract readonly maxTimeoutMs: number;
}

export abstract class WorkerSettings {
  /** Attempts that one process runs at once, each for a different user. */
  abstract readonly concurrency: number;
  /** The share of the slots, 0 to 1, for attempts with a time limit over a minute. */
  abstract readonly longShare: number;
  /** The share of the slots, 0 to 1, for attempts to one target. */
  abstract readonly targetShare: number;
  abstract readonly shutdownGraceMs: number;
  /** The lanes that this process serves. If empty: main, and those of all its handlers. */
  abstract readonly lanes: readonly string[];
}

export abstract class HandlerSettings {
  /** The JavaScript file with further handlers. */
  abstract readonly file?: string | undefined;
  /** Whether the `sleep` type is served. */
  abstract readonly sleeps: boolean;
  /** Private CIDR ranges that the `http` handler may reach. */
  abstract readonly allowTargets: readonly string[];
  /** The proxies for targets, and the targets (`not`) that need none. */
  abstract readonly proxies: {
    readonly http?: string | undefined;
    readonly https?: string | undefined;
    readonly not: readonly string[];
  };
}

export abstract class MetricsSettings {
  /** Bearer token that `/metrics` requires. */
  abstract readonly token: string | undefined;
  /** Whether this machine may read the metrics if there is no token. */
  abstract readonly isOpenToLoopback: boolean;
}

export abstract class LogSettings {
  abstract readonly level: string;
}

export abstract class TraceSettings {
  /** URL of the OTLP receiver for spans, without `/v1/traces`. If unset, nothing is traced. */
  abstract readonly endpoint: string | undefined;
}

/** The shell in which a command was entered. */
export abstract class ShellSettings {
  /** The user who called sudo, if any. */
  abstract readonly sudoUser: string | undefined;
}

export type Role = 'all' | 'api' | 'worker';

export abstract class Settings {
  abstract readonly role: Role;
  abstract readonly http: HttpSettings;
  abstract readonly stores: StoreSettings;
  abstract readonly auth: AuthSettings;
  abstract readonly queue: QueueSettings;
  abstract readonly requests: RequestSettings;
  abstract readonly worker: WorkerSettings;
  abstract readonly handlers: HandlerSettings;
  abstract readonly metrics: MetricsSettings;
  abstract readonly log: LogSettings;
  abstract readonly traces: TraceSettings;
  abstract readonly shell: ShellSettings;
}
