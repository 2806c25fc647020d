import { Injectable } from '@nestjs/common';
import type { Collection } from 'mongodb';
import { laneOf, type RequestDocument, type RequestError } from './request-document';
import { InjectRequests, RETRIED, RETRIED_INDEX } from './request.schema';

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

/** Reads through an index that contains nothing else. Every time limit is MongoDB's. */
@Injectable()
export class RetriedRequests {
  constructor(@InjectRequests() private readonly requests: Collection<RequestDocument>) {}

  /** @throws when out of time */
  async count(maxTimeMS: number): Promise<number> {
    return this.requests.countDocuments(RETRIED, { hint: RETRIED_INDEX, maxTimeMS });
  }

  /** Since when the one that is retried for longest is, ms since 1970. @throws when out of time */
  async oldestAt(maxTimeMS: number): Promise<number | undefined> {
    const oldest = await this.requests.findOne(RETRIED, {
      projection: { retryingSince: 1, startedAt: 1 },
      sort: { retryingSince: 1 },
      hint: RETRIED_INDEX,
      maxTimeMS,
    });
    return oldest ? sinceOf(oldest)?.getTime() : undefined;
  }

  /** Those that have been retried since before that time, the longest first. @throws when out of time */
  async since(before: Date, most: number, maxTimeMS: number): Promise<RetriedRequest[]> {
    const found = await this.requests
      .find(
        { ...RETRIED, retryingSince: { $not: { $gt: before } } },
        {
          projection: {
            ...{ userId: 1, lane: 1, createdAt: 1, startedAt: 1, retryingSince: 1 },
            ...{ attemptsMade: 1, notBefore: 1, 'attempts.error.code': 1, 'attempts.error.message': 1 },
          },
          hint: RETRIED_INDEX,
          maxTimeMS,
        },
      )
      .sort({ retryingSince: 1 })
      .limit(most)
      .toArray();
    return found.map((document) => ({
      id: document._id,
      userId: document.userId,
      lane: laneOf(document),
      createdAt: document.createdAt,
      since: sinceOf(document) ?? null,
      attemptsMade: document.attemptsMade,
      nextAttemptAt: document.notBefore ?? null,
      lastError: document.attempts.findLast(({ error }) => error !== undefined)?.error ?? null,
    }));
  }
}

/** 0.1.0 does not write `retryingSince`. Such a request counts from its very first attempt, until it fails again. */
const sinceOf = ({ retryingSince, startedAt }: Pick<RequestDocument, 'retryingSince' | 'startedAt'>) =>
  retryingSince ?? startedAt;
