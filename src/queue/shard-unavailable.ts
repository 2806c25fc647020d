import { Problem } from '../common/errors/problem';
import type { Permit } from './epochs/permit';
import { ShardClosed } from './scripts/script-runner';

/** The detail while the user's shard is being rebuilt. */
export const RESTORING = 'The queue is being restored. Try again.';

/**
 * The user's shard is unavailable: it is being rebuilt, or this process cannot see MongoDB or Redis. Answered as 503.
 * If it is thrown before the insert, nothing was accepted.
 */
export class ShardUnavailable extends Problem {
  constructor(detail: string, cause?: unknown) {
    super('unavailable', detail, { cause });
  }
}

/** Call it before a write that must not follow a rebuild. @throws ShardUnavailable */
export function mustBeValid(permit: Permit): void {
  if (!permit.isValid()) throw new ShardUnavailable(RESTORING);
}

/** The answer of a script. @throws ShardUnavailable if there is none, for any reason */
export const availably = <T>(call: Promise<T>): Promise<T> => call.catch(throwUnavailable);

function throwUnavailable(error: unknown): never {
  throw error instanceof ShardClosed
    ? new ShardUnavailable(RESTORING, error)
    : new ShardUnavailable('The queue cannot be reached right now. Try again.', error);
}
