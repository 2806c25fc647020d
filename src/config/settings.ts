/** The validated configuration, in one slice a room. The classes are the injection tokens of the slices. */
import type { Durations } from './durations';

export abstract class HttpSettings {
  abstract readonly host: string;
  /** 0: any free port. */
  abstract readonly port: number;
  /** Where probes and scrapers are answered besides; 0: any free port. */
  abstract readonly healthPort: number | undefined;
  /** Addresses and CIDR ranges whose `X-Forwarded-For` is believed. */
  abstract readonly trustProxy: readonly string[];
  /** Calls that an account may make of one process in a second, with all of its credentials; 0: any number. */
  abstract readonly callsPerSecond: number;
  /** The same that no account pays for, of one address; 0: any number. */
  abstract readonly strangerCallsPerSecond: number;
  /** Connections that are open to one process at once; beyond, idle ones make room. */
  abstract readonly maxConnections: number;
  /** Waits, claims that wait, and streams that one account may have open in one process at once. */
  abstract readonly longCalls: number;
  /** Lists and audits of one account that one process makes at once. */
  abstract readonly costlyCalls: number;
  /** Bytes of answers that may wait in one process for clients to read them. */
  abstract readonly unreadBytes: number;
  /** Origins of pages that may show the portal in a frame. */
  abstract readonly portalOrigins: readonly string[];
  /** How long calls are still served after SIGTERM; 0 for a worker, which serves none. */
  abstract readonly drainMs: number;
}

export abstract class StoreSettings {
  /** One URL, or the nodes of a Redis Cluster, or sentinels. */
  abstract readonly redisUrls: readonly string[];
  abstract readonly mongodbUri: string;
}

export abstract class AuthSettings {
  /** Each of at least 32 characters. The first one signs and seals; what any of them has signed or sealed is accepted. */
  abstract readonly jwtSecrets: readonly [first: string, ...others: string[]];
  /** How long after its login a session ends, however often its tokens are replaced, ms. */
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
  /** Pending requests a user may have at most, unless their own limit says otherwise. */
  abstract readonly maxDepth: number;
  /** Bytes of payloads over 1 KiB that a user may have pending; with a limit of their own above `maxDepth`, in proportion more. */
  abstract readonly maxBytes: number;
  /** Bytes that a user may have stored in a day; 0: any number. */
  abstract readonly dailyBytes: number;
}

export abstract class RequestSettings {
  /** Ended requests older than this are removed. */
  abstract readonly retentionDays: number;
  /** The longest time limit of an attempt that an enqueue may ask for, ms. */
  abstract readonly maxTimeoutMs: number;
}

export abstract class WorkerSettings {
  /** Attempts that one process runs at once, each of another user. */
  abstract readonly concurrency: number;
  /** The share of them, 0 to 1, that attempts may hold whose time limit is over a minute. */
  abstract readonly longShare: number;
  /** The share of them, 0 to 1, that attempts to one target may hold. */
  abstract readonly targetShare: number;
  abstract readonly shutdownGraceMs: number;
  /** The lanes that this process serves; none: main, and those of all its handlers. */
  abstract readonly lanes: readonly string[];
}

export abstract class HandlerSettings {
  /** The JavaScript file whose handlers are served besides. */
  abstract readonly file?: string | undefined;
  /** Whether the `sleep` type is served. */
  abstract readonly sleeps: boolean;
  /** CIDR ranges that the `http` handler may reach although they are private. */
  abstract readonly allowTargets: readonly string[];
  /** URLs of the proxies that targets are reached through, and the targets (`not`) that are reached without. */
  abstract readonly proxies: {
    readonly http?: string | undefined;
    readonly https?: string | undefined;
    readonly not: readonly string[];
  };
}

export abstract class MetricsSettings {
  /** Bearer token that `/metrics` asks for. */
  abstract readonly token: string | undefined;
  /** Whether this machine itself may read them where there is no token. */
  abstract readonly isOpenToLoopback: boolean;
}

export abstract class LogSettings {
  abstract readonly level: string;
}

export abstract class TraceSettings {
  /** URL of the OTLP receiver that spans are sent to, without `/v1/traces`; without one nothing is traced. */
  abstract readonly endpoint: string | undefined;
}

/** The shell that a command was given in. */
export abstract class ShellSettings {
  /** The user who asked sudo for it, if one did. */
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
