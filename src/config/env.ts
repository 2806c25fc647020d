/**
 * The only reader of `process.env`: reads it once, validates it, and provides narrow, frozen slices (`settings.ts`). A
 * wrong variable stops the start with a sentence that names it. No value is ever printed.
 */
import { randomBytes } from 'node:crypto';
import {
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { plainToInstance, Transform } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  MinLength,
  validateSync,
} from 'class-validator';
import { LANE_NAME } from './lanes';
import { DAY_MS, HOUR_MS, SECOND_MS } from '../common/time/units';
import { IsAddressRanges } from './address-ranges.decorator';
import { contradictions as contradictionsOf, LEAST_LEASE_MS, MOST_VIEW_MS } from './durations';
import { HARD_TO_GUESS, IsHardToGuess } from './hard-to-guess';
import { list } from './list';
import {
  AuthSettings,
  HandlerSettings,
  HttpSettings,
  LogSettings,
  MetricsSettings,
  QueueSettings,
  RequestSettings,
  Settings,
  ShellSettings,
  StoreSettings,
  TraceSettings,
  WorkerSettings,
} from './settings';

/** Thrown by `loadSettings`. `message` has one sentence per line; each names its variable. */
export class InvalidEnvironment extends Error {}

/** Converts a number written in digits. The validator reports anything else. */
const ToNumber = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^-?\d+$/.test(value.trim()) ? Number(value) : value,
  );

const listOf = (url: string) => `${url}(\\s*,\\s*${url})*`;
/** One server, the nodes of a cluster, or sentinels that each name the master. */
const REDIS_URLS = new RegExp(
  `^(${listOf('rediss?://[^,]+')}|${listOf('rediss?\\+sentinel://[^,/]+/[^,/]+')})$`,
);

/** Origins as a browser writes them: no path, no user. */
const ORIGIN = 'https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?';
const ORIGINS = new RegExp(`^${listOf(ORIGIN)}$`);

/** One secret or several. A secret contains no comma. */
const SECRETS = new RegExp(`^${listOf('[^,\\s][^,]{30,}[^,\\s]')}$`);

/** The exporter appends a path to it. */
const HTTP_URL = /^https?:\/\/[^\s?#]+$/;

const LANE = LANE_NAME.source.slice(1, -1);
const LANE_NAMES = new RegExp(`^ *(?:${LANE}(?: *, *${LANE})*)? *$`);
/** Only http: and https: proxies. User and password are percent-encoded. */
const PROXY_URL = /^https?:\/\/[^\s/?#]+\/?$/;

class Environment {
  @IsIn(['development', 'test', 'production']) NODE_ENV = 'development';
  @IsIn(['all', 'api', 'worker']) ROLE: 'all' | 'api' | 'worker' = 'all';
  @IsString() @MinLength(1) HOST = '0.0.0.0';
  @ToNumber() @IsInt() @Min(0) @Max(65535) PORT = 8085;
  @IsOptional() @ToNumber() @IsInt() @Min(0) @Max(65535) HEALTH_PORT?: number;
  @Matches(REDIS_URLS) REDIS_URL = '';
  @Matches(/^mongodb(\+srv)?:\/\//) MONGODB_URI = '';
  @IsOptional() @Matches(SECRETS) @IsHardToGuess(55) JWT_SECRET?: string;
  @ToNumber() @IsInt() @Min(1) @Max(36_500) SESSION_MAX_DAYS = 90;
  @IsIn(['open', 'closed']) REGISTRATION: 'open' | 'closed' = 'open';
  @IsString() @MinLength(1) TURNWISE_HOME = '.turnwise';
  @ToNumber() @IsInt() @Min(1) @Max(1000) WORKER_CONCURRENCY = 32;
  @ToNumber() @IsInt() @Min(1) @Max(100) WORKER_LONG_SHARE = 50;
  @ToNumber() @IsInt() @Min(1) @Max(100) WORKER_TARGET_SHARE = 75;
  @Matches(LANE_NAMES) WORKER_LANES = '';
  @ToNumber() @IsInt() @Min(LEAST_LEASE_MS) @Max(HOUR_MS) LEASE_MS = 10 * SECOND_MS;
  @ToNumber() @IsInt() @Min(SECOND_MS) @Max(MOST_VIEW_MS) VIEW_MS = 30 * SECOND_MS;
  @ToNumber() @IsInt() @Min(200) @Max(HOUR_MS) HOLD_MS = 5 * SECOND_MS;
  @ToNumber() @IsInt() @Min(1) @Max(1024) QUEUE_SHARDS = 16;
  @ToNumber() @IsInt() @Min(1) @Max(1_000_000) QUEUE_MAX_DEPTH = 10_000;
  @ToNumber() @IsInt() @Min(1) @Max(1_000_000) QUEUE_MAX_MB = 32;
  @ToNumber() @IsInt() @Min(0) @Max(1_000_000_000) QUEUE_DAILY_MB = 10_240;
  @ToNumber() @IsInt() @Min(0) @Max(HOUR_MS) DRAIN_MS = 0;
  @ToNumber() @IsInt() @Min(0) @Max(HOUR_MS) SHUTDOWN_GRACE_MS = 30 * SECOND_MS;
  @ToNumber() @IsInt() @Min(0) @Max(36_500) RETENTION_DAYS = 30;
  @ToNumber() @IsInt() @Min(SECOND_MS) @Max(HOUR_MS) MAX_TIMEOUT_MS = HOUR_MS;
  @IsOptional() @IsIn(['on', 'off']) SLEEP_TYPE?: 'on' | 'off';
  @IsOptional() @IsString() HANDLERS?: string;
  @IsAddressRanges() HTTP_ALLOW_TARGETS = '';
  @IsOptional() @Matches(PROXY_URL) HTTPS_PROXY?: string;
  @IsOptional() @Matches(PROXY_URL) HTTP_PROXY?: string;
  @IsString() NO_PROXY = '';
  @IsAddressRanges({ orNamed: ['loopback', 'linklocal', 'uniquelocal'] }) TRUST_PROXY = '';
  @ToNumber() @IsInt() @Min(0) @Max(1_000_000) HTTP_RATE_LIMIT = 1_000;
  @ToNumber() @IsInt() @Min(0) @Max(1_000_000) HTTP_STRANGER_RATE_LIMIT = 200;
  @ToNumber() @IsInt() @Min(1) @Max(1_000_000) HTTP_MAX_CONNECTIONS = 10_000;
  @ToNumber() @IsInt() @Min(1) @Max(1_000_000) HTTP_LONG_CALLS = 1_000;
  @ToNumber() @IsInt() @Min(1) @Max(1_000) HTTP_COSTLY_CALLS = 1;
  @ToNumber() @IsInt() @Min(16) @Max(1_000_000) HTTP_UNREAD_MB = 128;
  @IsOptional() @Matches(ORIGINS) PORTAL_ORIGINS?: string;
  @IsOptional() @IsString() @MinLength(16) @IsHardToGuess(24) METRICS_TOKEN?: string;
  @IsOptional() @Matches(HTTP_URL) OTEL_EXPORTER_OTLP_ENDPOINT?: string;
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']) LOG_LEVEL = 'info';
}

const MEGABYTE = 1024 * 1024;

type Variable = keyof Environment;

/** The allowed values of each variable, as the end of the sentence "NAME must be ...". */
const MUST_BE: Record<Variable, string> = {
  NODE_ENV: 'development, test or production',
  ROLE: 'all, api or worker',
  HOST: 'the address to listen on',
  PORT: 'a port from 0 to 65535 (0: any free one)',
  HEALTH_PORT: 'a port from 0 to 65535 (0: any free one)',
  REDIS_URL: 'a redis:// or rediss:// URL, or those of a cluster or of sentinels separated by commas',
  MONGODB_URI: 'a mongodb:// or mongodb+srv:// URL of a replica set',
  JWT_SECRET: 'at least 32 characters long, or several such secrets separated by commas',
  SESSION_MAX_DAYS: 'days from 1 to 36500',
  REGISTRATION: 'open or closed',
  TURNWISE_HOME: 'the folder for local data',
  WORKER_CONCURRENCY: 'a whole number from 1 to 1000',
  WORKER_LONG_SHARE: 'percent from 1 to 100',
  WORKER_TARGET_SHARE: 'percent from 1 to 100',
  WORKER_LANES: 'names of lanes (1 to 32 of a-z 0-9 -) separated by commas',
  LEASE_MS: 'milliseconds from 700 to 3600000',
  VIEW_MS: 'milliseconds from 1000 to 300000',
  HOLD_MS: 'milliseconds from 200 to 3600000',
  QUEUE_SHARDS: 'a whole number from 1 to 1024',
  QUEUE_MAX_DEPTH: 'a whole number from 1 to 1000000',
  QUEUE_MAX_MB: 'megabytes from 1 to 1000000',
  QUEUE_DAILY_MB: 'megabytes from 0 to 1000000000 (0: no limit)',
  DRAIN_MS: 'milliseconds from 0 to 3600000',
  SHUTDOWN_GRACE_MS: 'milliseconds from 0 to 3600000',
  RETENTION_DAYS: 'days from 0 to 36500',
  MAX_TIMEOUT_MS: 'milliseconds from 1000 to 3600000',
  SLEEP_TYPE: 'on or off',
  HANDLERS: 'the JavaScript file of your handlers',
  HTTP_ALLOW_TARGETS: 'addresses or CIDR ranges separated by commas',
  HTTPS_PROXY: 'the http:// or https:// URL of a proxy, for targets with https:',
  HTTP_PROXY: 'the http:// or https:// URL of a proxy, for targets with http:',
  NO_PROXY: 'names, addresses or CIDR ranges separated by commas',
  HTTP_RATE_LIMIT: 'a whole number from 0 to 1000000 (0: no limit)',
  HTTP_STRANGER_RATE_LIMIT: 'a whole number from 0 to 1000000 (0: no limit)',
  HTTP_MAX_CONNECTIONS: 'a whole number from 1 to 1000000',
  HTTP_LONG_CALLS: 'a whole number from 1 to 1000000',
  HTTP_COSTLY_CALLS: 'a whole number from 1 to 1000',
  HTTP_UNREAD_MB: 'megabytes from 16 to 1000000',
  TRUST_PROXY:
    'addresses or CIDR ranges of your proxies, loopback, linklocal or uniquelocal, separated by commas',
  PORTAL_ORIGINS: 'origins such as https://shop.example.com separated by commas',
  METRICS_TOKEN: 'at least 16 characters long',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'the http:// or https:// URL of an OTLP receiver, without a query',
  LOG_LEVEL: 'fatal, error, warn, info, debug, trace or silent',
};

/**
 * Reads and validates the environment. An unset or empty variable means its default.
 * @throws InvalidEnvironment with one sentence for each wrong variable
 */
export function loadSettings(source: NodeJS.ProcessEnv = process.env): Settings {
  const given = Object.fromEntries(
    (Object.keys(MUST_BE) as Variable[])
      .map((name) => [name, source[name]?.trim()] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const env = plainToInstance(Environment, given, { exposeDefaultValues: true });
  const wrong = validateSync(env).map(({ property, constraints }) => {
    const name = property as Variable;
    if (Object.keys(constraints ?? {}).join() === HARD_TO_GUESS)
      return `${name} is easy to guess (it repeats itself, or is made of well-known words): make one with openssl rand -base64 33.`;
    return given[name] === undefined && (name === 'REDIS_URL' || name === 'MONGODB_URI')
      ? `${name} is not set: it must be ${MUST_BE[name]}.`
      : `${name} must be ${MUST_BE[name]}.`;
  });
  if (wrong.length === 0) wrong.push(...contradictions(env));
  if (wrong.length > 0) throw new InvalidEnvironment(wrong.join('\n'));
  return slices(env, source);
}

/** Rules between variables. durations.ts has the protocol's rules for durations. */
function contradictions(env: Environment): string[] {
  const sentences = contradictionsOf({ leaseMs: env.LEASE_MS, viewMs: env.VIEW_MS, holdMs: env.HOLD_MS });
  if (env.HEALTH_PORT === env.PORT && env.PORT !== 0)
    sentences.push('HEALTH_PORT must not be PORT: leave it empty for one listener.');
  if (env.NODE_ENV === 'production' && env.JWT_SECRET === undefined)
    sentences.push('JWT_SECRET is not set: production needs one of at least 32 characters.');
  return sentences;
}

function slices(env: Environment, source: NodeJS.ProcessEnv): Settings {
  const frozen = <T extends object>(slice: T): Readonly<T> => Object.freeze(slice);
  return frozen({
    role: env.ROLE,
    http: frozen<HttpSettings>({
      host: env.HOST,
      port: env.PORT,
      healthPort: env.HEALTH_PORT,
      trustProxy: list(env.TRUST_PROXY),
      callsPerSecond: env.HTTP_RATE_LIMIT,
      strangerCallsPerSecond: env.HTTP_STRANGER_RATE_LIMIT,
      maxConnections: env.HTTP_MAX_CONNECTIONS,
      longCalls: env.HTTP_LONG_CALLS,
      costlyCalls: env.HTTP_COSTLY_CALLS,
      unreadBytes: env.HTTP_UNREAD_MB * MEGABYTE,
      portalOrigins: list(env.PORTAL_ORIGINS ?? ''),
      drainMs: env.ROLE === 'worker' ? 0 : env.DRAIN_MS,
    }),
    stores: frozen<StoreSettings>({ redisUrls: list(env.REDIS_URL), mongodbUri: env.MONGODB_URI }),
    auth: frozen<AuthSettings>({
      jwtSecrets: secretsOf(env.JWT_SECRET ?? localSecret(env.TURNWISE_HOME)),
      sessionMaxMs: env.SESSION_MAX_DAYS * DAY_MS,
      isRegistrationOpen: env.REGISTRATION === 'open',
    }),
    queue: frozen<QueueSettings>({
      shards: env.QUEUE_SHARDS,
      leaseMs: env.LEASE_MS,
      viewMs: env.VIEW_MS,
      holdMs: env.HOLD_MS,
      maxDepth: env.QUEUE_MAX_DEPTH,
      maxBytes: env.QUEUE_MAX_MB * MEGABYTE,
      dailyBytes: env.QUEUE_DAILY_MB * MEGABYTE,
    }),
    requests: frozen<RequestSettings>({
      retentionDays: env.RETENTION_DAYS,
      maxTimeoutMs: env.MAX_TIMEOUT_MS,
    }),
    worker: frozen<WorkerSettings>({
      concurrency: env.WORKER_CONCURRENCY,
      longShare: env.WORKER_LONG_SHARE / 100,
      targetShare: env.WORKER_TARGET_SHARE / 100,
      shutdownGraceMs: env.SHUTDOWN_GRACE_MS,
      lanes: list(env.WORKER_LANES),
    }),
    handlers: frozen<HandlerSettings>({
      file: env.HANDLERS,
      allowTargets: list(env.HTTP_ALLOW_TARGETS),
      sleeps: (env.SLEEP_TYPE ?? (env.NODE_ENV === 'production' ? 'off' : 'on')) === 'on',
      proxies: { https: env.HTTPS_PROXY, http: env.HTTP_PROXY, not: list(env.NO_PROXY) },
    }),
    metrics: frozen<MetricsSettings>({
      token: env.METRICS_TOKEN,
      isOpenToLoopback: env.NODE_ENV !== 'production',
    }),
    log: frozen<LogSettings>({ level: env.LOG_LEVEL }),
    traces: frozen<TraceSettings>({ endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT }),
    // Set by sudo: not a variable of the service.
    shell: frozen<ShellSettings>({ sudoUser: source['SUDO_USER'] }),
  });
}

const secretsOf = (text: string) => list(text) as AuthSettings['jwtSecrets'];

/**
 * Outside production a missing JWT secret is created once and stored, readable only by its owner. The file gets its name
 * when it is complete, so that no other process reads a part of it.
 */
function localSecret(home: string): string {
  const file = join(home, 'data', 'jwt-secret');
  if (!existsSync(file)) {
    mkdirSync(join(home, 'data'), { recursive: true, mode: 0o700 });
    const made = `${file}.${randomBytes(8).toString('hex')}`;
    try {
      writeFileSync(made, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' });
      nameOnce(made, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // another process was first
    } finally {
      rmSync(made, { force: true });
    }
  }
  return readFileSync(file, 'utf8').trim();
}

/** @throws EEXIST if there is such a file. On a file system without hard links (FAT, some SMB) a reader may see a part. */
function nameOnce(made: string, file: string): void {
  try {
    linkSync(made, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
    copyFileSync(made, file, constants.COPYFILE_EXCL);
  }
}
