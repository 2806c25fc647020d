export type Store = 'MongoDB' | 'Redis';

/** Why something failed, as a line of the log says it. */
export interface Cause {
  readonly text: string;
  /** A store is known to be away: `store.away` has said so, and what fails because of it needs no warning of its own. */
  readonly isOutage: boolean;
}

/** What keeps a store from being reached now, in our words. */
const outages = new Map<Store, string>();

/** @param at host and port, where the error does not name them @returns the sentence that lines give as their cause */
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

/** What ioredis says of a connection that is not there; which one, and why, only RedisConnection knows. */
const REDIS_AWAY =
  /^(Stream isn't writeable|Connection is closed|Command timed out|Socket timeout|connect |Failed to refresh slots cache|None of startup nodes|Reached the max retries)/;
/** Errors of MongoDB's driver that say the same, by name. */
const MONGODB_AWAY =
  /^(Mongo(ose)?(Network|ServerSelection|NotConnected|Pool|Topology|ClientClosed)|PoolCleared)/;
/** A shard that is being rebuilt: `shards.recovering` has said so. */
const PASSING = new Set(['ShardClosed', 'ShardUnavailable', 'AbortError']);

/** Reads whatever was thrown. Never throws. */
export function causeOf(error: unknown): Cause {
  if (!(error instanceof Error)) return { text: withoutSecrets(messageOf(error)), isOutage: false };
  if (MONGODB_AWAY.test(error.name)) return outage('MongoDB', error);
  if (REDIS_AWAY.test(error.message) || error.name === 'ClusterAllFailedError') return outage('Redis', error);
  if (error.cause instanceof Error) return causeOf(error.cause); // what wraps an error is for our callers
  const kind = error.name === 'Error' ? error.constructor.name : error.name;
  const name = kind === 'Error' ? '' : `${kind}: `;
  return {
    text: withoutSecrets(name + error.message),
    isOutage: PASSING.has(kind),
  };
}

/** An error whose stack is shown beside its cause. */
export function stackOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.stack === undefined) return undefined;
  const frames = error.stack.split('\n').filter((line) => /^\s+at /.test(line));
  return [causeOf(error).text, ...frames].join('\n');
}

const LONGEST = 300;

/**
 * No credentials of a URL, and nothing in double quotes: there a parser repeats what it read, and MongoDB the value that
 * an index has already.
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

/** In our words where the driver's name its options: a call may fail of a closed connection before that is known as an outage. */
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
