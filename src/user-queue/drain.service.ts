import { Injectable } from '@nestjs/common';
import type { Collection } from 'mongodb';
import { Problem } from '../common/errors/problem';
import { HOUR_MS, SECOND_MS } from '../common/time/units';
import type { RequestDocument } from '../journal/request-document';
import { InjectRequests, SERVED } from '../journal/request.schema';

/** Ends by which the speed of a queue is measured, and how many are required. */
const ENDS = 20;
const ENOUGH_ENDS = 3;

const FULL = {
  full: 'The queue has reached its limit of pending requests.',
  heavy:
    'The pending payloads have reached the size limit of the queue. Payloads of up to 1 KiB are still accepted.',
} as const;

/** `Retry-After` of a full queue whose speed is unknown. */
const UNKNOWN_SPEED_MS = 10 * SECOND_MS;

/** How fast a user's queue drains: computed on demand, without counters. (P4) */
@Injectable()
export class DrainService {
  constructor(@InjectRequests() private readonly requests: Collection<RequestDocument>) {}

  /** Mean ms between the ends of the user's last 20 served requests; undefined with fewer than three. */
  async meanGapMs(userId: string): Promise<number | undefined> {
    const served = await this.requests
      .find({ userId, ...SERVED }, { projection: { _id: 0, finishedAt: 1 } })
      .sort({ finishedAt: -1 })
      .limit(ENDS)
      .toArray();
    return meanGap(served.map(({ finishedAt }) => finishedAt?.getTime() ?? 0));
  }

  /**
   * The problem for a user whose queue is full. @param because the number of requests, or the size of their payloads
   */
  async queueFull(userId: string, because: keyof typeof FULL): Promise<Problem> {
    const retryAfterSeconds = await this.retryAfterSeconds(userId);
    return new Problem('queue_full', FULL[because], { retryAfterSeconds });
  }

  /** When a place should be free, at this queue's speed: 1 to 3600 s. */
  async retryAfterSeconds(userId: string): Promise<number> {
    const gap = (await this.meanGapMs(userId)) ?? UNKNOWN_SPEED_MS;
    return Math.ceil(Math.min(Math.max(gap, SECOND_MS), HOUR_MS) / SECOND_MS);
  }
}

/** @param ends ms, newest first */
export function meanGap(ends: readonly number[]): number | undefined {
  const [newest, oldest] = [ends[0], ends.at(-1)];
  if (ends.length < ENOUGH_ENDS || newest === undefined || oldest === undefined) return undefined;
  return (newest - oldest) / (ends.length - 1);
}
