import { Injectable } from '@nestjs/common';
import type { Collection } from 'mongodb';
import { SECOND_MS } from '../../common/time/units';
import { laneOf, type RequestDocument, type RequestError } from '../../journal/request-document';
import { InjectRequests, PENDING_INDEX, RETRIED_INDEX } from '../../journal/request.schema';

const LOOK_TIME_MS = 2 * SECOND_MS;
/** The latest time that a Date can hold. */
const MOST_DATE = 8.64e15;
/** Most pending requests of a shard that are read to name its users. */
const LOOKED_AT = 1_000;

/** A pending request whose attempts have failed so far. */
export interface RetriedRequest {
  readonly id: string;
  readonly userId: string;
  readonly lane: string;
  readonly createdAt: Date;
  /** The first failed attempt; after a manual retry, the first one since then. */
  readonly since: Date | null;
  readonly attemptsMade: number;
  readonly nextAttemptAt: Date | null;
  readonly lastError: RequestError | null;
}

/** A user with pending requests, and the first of these. */
export interface PendingUser {
  readonly userId: string;
  readonly headId: string;
  readonly headSince: Date;
}

/** Finds users in trouble in MongoDB. Each read is bounded, and uses an index that contains nothing else. */
@Injectable()
export class TroubledRequests {
  constructor(@InjectRequests() private readonly requests: Collection<RequestDocument>) {}

  /** Requests that have been retried since before that time, oldest first. @throws when out of time */
  async retriedSince(before: Date, most: number): Promise<RetriedRequest[]> {
    const fields = { userId: 1, lane: 1, createdAt: 1, startedAt: 1, attemptsMade: 1, notBefore: 1 } as const;
    const found = await this.requests
      .find(
        { pending: true, attemptsMade: { $gt: 0 }, startedAt: { $lte: before } },
        {
          projection: {
            ...fields,
            'attempts.number': 1,
            'attempts.startedAt': 1,
            'attempts.error.code': 1,
            'attempts.error.message': 1,
          },
          hint: RETRIED_INDEX,
          maxTimeMS: LOOK_TIME_MS,
        },
      )
      .sort({ startedAt: 1 })
      .limit(most)
      .toArray();
    return found.map((document) => ({
      id: document._id,
      userId: document.userId,
      lane: laneOf(document),
      createdAt: document.createdAt,
      since: document.attempts.findLast(({ number }) => number === 1)?.startedAt ?? null,
      attemptsMade: document.attemptsMade,
      nextAttemptAt: document.notBefore ?? null,
      lastError: document.attempts.findLast(({ error }) => error !== undefined)?.error ?? null,
    }));
  }

  /**
   * How many requests are being retried, and when the first attempt of the oldest was (ms). @throws when out of time
   */
  async retried(): Promise<{ readonly count: number; readonly oldestAt: number | undefined }> {
    const filter = { pending: true, attemptsMade: { $gt: 0 } } as const;
    const options = { hint: RETRIED_INDEX, maxTimeMS: LOOK_TIME_MS };
    const [count, [oldest]] = await Promise.all([
      this.requests.countDocuments(filter, options),
      this.retriedSince(new Date(MOST_DATE), 1),
    ]);
    return { count, oldestAt: oldest?.since?.getTime() };
  }

  /** Some users of a shard with pending requests. @throws when out of time */
  async pendingUsersOf(shard: number, most: number): Promise<PendingUser[]> {
    const cursor = this.requests
      .find(
        { shard, pending: true },
        { projection: { userId: 1, createdAt: 1 }, hint: PENDING_INDEX, maxTimeMS: LOOK_TIME_MS },
      )
      .sort(PENDING_INDEX)
      .limit(LOOKED_AT);
    const users = new Map<string, PendingUser>();
    for await (const { _id: headId, userId, createdAt: headSince } of cursor) {
      if (!users.has(userId)) users.set(userId, { userId, headId, headSince });
      if (users.size === most) break;
    }
    return [...users.values()];
  }
}
