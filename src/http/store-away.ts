/** Errors of the stores' drivers that say "not reachable right now", by name: the server set-up knows no driver. */
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
  'TimeoutError', // a read of MongoDB that was given up
  'MaxRetriesPerRequestError',
  'ClusterAllFailedError',
]);

/** What ioredis says in a plain Error, and Redis in a ReplyError, while it cannot serve. */
const AWAY_TEXT =
  /^(Connection is closed|Stream isn't writeable|Command timed out|connect |OOM |READONLY |LOADING |CLUSTERDOWN |TRYAGAIN |MASTERDOWN |MISCONF |NOAUTH |WRONGPASS |NOPERM |ERR max number of clients)/;

/** Whether a call failed because MongoDB or Redis is away, full or read-only: a 503, not a fault of ours. */
export function isStoreAway(error: unknown): boolean {
  return error instanceof Error && (AWAY.has(error.name) || AWAY_TEXT.test(error.message));
}
