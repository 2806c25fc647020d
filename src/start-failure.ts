import { InvalidEnvironment } from './config/env';
import type { Settings } from './config/settings';

/** MongoDB's error codes. */
const UNAUTHORIZED = 18;
const NOT_A_REPLICA_SET = 123;

/** Why a start failed, as a sentence for the operator, without secrets of a store's URL. */
export function sentenceOf(error: unknown, { http }: Settings): string {
  if (error instanceof InvalidEnvironment) return error.message;
  if (!(error instanceof Error)) return `The start failed: ${String(error)}`;
  const { code, port = http.port } = error as { code?: string | number; port?: number };
  const variable = port === http.healthPort ? 'HEALTH_PORT' : 'PORT';
  if (code === 'EADDRINUSE')
    return `Port ${port} on ${http.host} is taken: free it, or set ${variable} to another.`;
  if (code === 'EACCES')
    return `Port ${port} may not be opened by this user: set ${variable} to one above 1023.`;
  const isNoName = (error as { hostname?: unknown }).hostname === http.host; // getaddrinfo knows no address of it
  if (code === 'EADDRNOTAVAIL' || isNoName)
    return `${http.host} is not an address of this machine: set HOST to one that is.`;
  if (/^(Mongo(ose)?(ServerSelection|Network)|(Mongo)?PoolCleared)/.test(error.name))
    return `MongoDB cannot be reached: is MONGODB_URI right, and its replica set up? (${error.message})`;
  if (error.name === 'MongoServerError' && code === UNAUTHORIZED)
    return 'MongoDB refuses the user or the password of MONGODB_URI.';
  if (error.name === 'MongoServerError' && code === NOT_A_REPLICA_SET)
    return 'MongoDB is not a member of a replica set. Turnwise needs one; a single member is enough (docs/operations.md).';
  return `The start failed: ${error.stack ?? error.message}`;
}
