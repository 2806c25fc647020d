import type { JobOptions } from './job-options';
import type { RecordedControl } from './queue-control';

/** What a shard is rebuilt from: one pending request as MongoDB has it. */
export interface PendingRequest {
  readonly userId: string;
  readonly requestId: string;
  readonly seq: number;
  readonly type: string;
  /** The lane of the workers that serve its type. */
  readonly lane: string;
  /** The payload's exact JSON text. */
  readonly payload: string;
  readonly options: JobOptions;
  readonly attemptsMade: number;
  /** ms since 1970: earliest start after a failed attempt. */
  readonly notBefore: number | undefined;
  /** When its last attempt ended, ms since 1970. */
  readonly lastEndedAt: number | undefined;
  /** When it was scheduled for, ms since 1970, if it was. */
  readonly runAt: number | undefined;
  /** ms since 1970 */
  readonly createdAt: number;
  /** Look it up before it runs: it may belong to an incomplete batch. */
  readonly doubtful: boolean;
}

/** A position in the order of the pending requests. */
export interface PendingId {
  readonly shard: number;
  readonly userId: string;
  readonly seq: number;
  readonly requestId: string;
}

/**
 * The record of pending requests as the queue needs it. The queue does not know the request document:
 * `journal/mongo-pending-requests.ts` implements this, and the application connects them (QueueModule.forRoot).
 */
export abstract class PendingRequests {
  /** The settings and halts of the users of a shard who have any, majority read, in chunks. */
  abstract controlsOf(shard: number): AsyncIterable<readonly RecordedControl[]>;

  /**
   * The settings and the halt of one user, majority read; undefined for a user who has never changed a setting.
   */
  abstract controlOf(shard: number, userId: string): Promise<RecordedControl | undefined>;

  /**
   * Every pending request of a shard in the order of (userId, seq), majority read, in chunks; an empty chunk only
   * shows that the work continues.
   */
  abstract ofShard(shard: number): AsyncIterable<readonly PendingRequest[]>;

  /** Every pending request of one user in the order of seq, majority read, in chunks. */
  abstract ofUser(shard: number, userId: string): AsyncIterable<readonly PendingRequest[]>;

  /**
   * Pending requests accepted more than `ageMs` ago, by MongoDB's clock, in the order of (shard, userId, seq), from behind
   * the request `after`, whether that is still there or not; at most `limit`.
   */
  abstract olderThan(
    ageMs: number,
    after: PendingId | undefined,
    limit: number,
  ): Promise<readonly PendingId[]>;

  /**
   * Whether no pending request has this id, and none will: a late insert is refused from now on, and a late retry holds
   * its place again. (P3)
   * @param seq of the place that was held for it
   */
  abstract isWithoutRequest(userId: string, requestId: string, seq: number): Promise<boolean>;

  /** Records a user's pending requests under this shard. */
  abstract moveTo(shard: number, userId: string): Promise<void>;
}
