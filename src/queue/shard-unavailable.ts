import { Problem } from '../common/errors/problem';

/**
 * The user's shard cannot be acted on right now: it is being rebuilt, or this process cannot see MongoDB or Redis.
 * Answered as 503; nothing was accepted when it is thrown before the insert.
 */
export class ShardUnavailable extends Problem {
  constructor(detail: string, cause?: unknown) {
    super('unavailable', detail, { retryAfterSeconds: 1, cause });
  }
}
