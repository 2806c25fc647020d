import { Problem } from '../common/errors/problem';
import type { Permit } from './epochs/permit';
import { ShardClosed } from './scripts/script-runner';

const RESTORING = 'The queue is being restored. Try again.';

/**
 * The user's shard cannot be acted on right now: it is being rebuilt, or this process cannot see MongoDB or Redis.
 * Answered as 503; nothing was accepted when it is thrown before the insert.
 */
export class ShardUnavailable extends Problem {
  constructor(detail: string, cause?: unknown) {
    super('unavailable', detail, { retryAfterSeconds: 1, cause });
  }
}

/** To be asked before a write that a rebuild must not have come before. @throws ShardUnavailable */
export function mustBeValid(permit: Permit): void {
  if (!permit.isValid()) throw new ShardUnavailable(RESTORING);
}

/** The answer of a script. @throws ShardUnavailable whatever keeps it from answering */
export const availably = <T>(call: Promise<T>): Promise<T> => call.catch(throwUnavailable);

function throwUnavailable(error: unknown): never {
  throw error instanceof ShardClosed
    ? new ShardUnavailable(RESTORING, error)
    : new ShardUnavailable('The queue cannot be reached right now. Try again.', error);
}
