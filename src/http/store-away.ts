/** Names of driver errors that mean "not reachable right now". By name, so that the server set-up needs no driver. */
const AWAY = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoNotConnectedError',
  'MongoPoolClearedError',
  'PoolClearedOnNetworkError',
  'MongoPoolClosedError',
  'MongoWaitQueueTimeoutError',
  'MongoOperationTimeoutError',
  'MongoTopologyClosedError',
  'TimeoutError', // a MongoDB read that was given up
  'MaxRetriesPerRequestError',
  'ClusterAllFailedError',
]);

/**
 * MongoDB's codes of a server that is not, or no longer, the primary, or ends: another is being elected. The driver repeats a call
 * once, but none that changes many documents.
 */
const NO_PRIMARY: readonly unknown[] = [91, 189, 10_058, 10_107, 11_600, 11_602, 13_435, 13_436];

/** Messages of plain Errors of ioredis, and of ReplyErrors of Redis, while it cannot serve. */
const AWAY_TEXT =
  /^(Connection is closed|Stream isn't writeable|Command timed out|connect |OOM |READONLY |LOADING |CLUSTERDOWN |TRYAGAIN |MASTERDOWN |MISCONF |NOAUTH |WRONGPASS |NOPERM |ERR max number of clients)/;

/** Whether a call failed because MongoDB or Redis is unreachable, full or read-only: a 503, not a fault of ours. */
export function isStoreAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const hasNoPrimary = error.name.startsWith('Mongo') && 'code' in error && NO_PRIMARY.includes(error.code);
  return hasNoPrimary || AWAY.has(error.name) || AWAY_TEXT.test(error.message);
}
