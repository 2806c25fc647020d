export type Store = 'MongoDB' | 'Redis';

/** The cause of a failure, as a log line shows it. */
export interface Cause {
  readonly text: string;
  /**
   * The cause is a store known to be away. `store.away` has reported it, so what fails because of it needs no warning
   * of its own.
   */
  readonly isOutage: boolean;
}

/** Why each unreachable store cannot be reached, in our words. */
const outages = new Map<Store, string>();

/**
 * Records an outage.
 * @param at host and port, in case the error does not name them
 * @returns the sentence that log lines show as their cause
 */
export function outageBegan(store: Store, at: string, error: unknown): string {
  const { code, address, port } = (error ?? {}) as { code?: unknown; address?: string; port?: number };
  const place = address !== undefined && port !== undefined ? `${address}:${port}` : at;
  const why = typeof code === 'string' ? code : withoutSecrets(messageOf(error));
  const sentence = `${store} cannot be reached at ${place}: ${why}`;
  outages.set(store, sentence);
  return sentence;
}

export function outageEnded(store: Store): void {
  outages.delete(store);
}

/** Messages of ioredis about a missing connection. Only RedisConnection knows which one, and why. */
const REDIS_AWAY =
  /^(Stream isn't writeable|Connection is closed|Command timed out|Socket timeout|connect |Failed to refresh slots cache|None of startup nodes|Reached the max retries)/;
/**
 * Names of the MongoDB driver's errors that mean the same. A call that only took too long is no outage: a slow server reports none.
 * (http/store-away.ts answers both with 503.)
 */
const MONGODB_AWAY =
  /^(Mongo(ose)?(Network|ServerSelection|NotConnected|Pool|Topology|ClientClosed)|PoolCleared)/;
/** The shard is being rebuilt: `shards.recovering` has reported it. */
const PASSING = new Set(['ShardClosed', 'ShardUnavailable', 'AbortError']);

/** Reads anything that was thrown. Never throws. */
export function causeOf(error: unknown): Cause {
  if (!(error instanceof Error)) return { text: withoutSecrets(messageOf(error)), isOutage: false };
  if (MONGODB_AWAY.test(error.name)) return outage('MongoDB', error);
  if (REDIS_AWAY.test(error.message) || error.name === 'ClusterAllFailedError') return outage('Redis', error);
  if (error.cause instanceof Error) return causeOf(error.cause); // the wrapping error is for our callers
  const kind = error.name === 'Error' ? error.constructor.name : error.name;
  const name = kind === 'Error' ? '' : `${kind}: `;
  return {
    text: withoutSecrets(name + error.message),
    isOutage: PASSING.has(kind),
  };
}

/** An error whose stack is shown next to its cause. */
export function stackOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.stack === undefined) return undefined;
  const frames = error.stack.split('\n').filter((line) => /^\s+at /.test(line));
  return [causeOf(error).text, ...frames].join('\n');
}

const LONGEST = 300;

/**
 * Removes credentials in URLs, and everything in double quotes: there a parser repeats its input, and MongoDB the value
 * that an index already has.
 */
function withoutSecrets(text: string): string {
  const safe = text
    .replaceAll(/\/\/[^\s/]*@/g, '//')
    .replaceAll(/".*"/gs, '"..."')
    .replaceAll(/\s+/g, ' ');
  return safe.length <= LONGEST ? safe : `${safe.slice(0, LONGEST)}...`;
}

function outage(store: Store, error: Error): Cause {
  return {
    text: outages.get(store) ?? `${store} cannot be reached: ${reasonOf(error)}`,
    isOutage: outages.has(store),
  };
}

/**
 * Rewords driver messages that name driver options. A call may fail on a closed connection before the outage is known.
 */
const reasonOf = ({ message }: Error): string =>
  /^(Stream isn't writeable|Connection is closed|Reached the max retries)/.test(message)
    ? 'the connection has closed'
    : withoutSecrets(message);

function messageOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? thrown.message : String(thrown);
  } catch {
    return 'something that cannot be shown';
  }
}
