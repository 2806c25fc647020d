import { Injectable } from '@nestjs/common';
import type { Collection, Filter } from 'mongodb';
import { Clock } from '../../common/time/clock';
import { CALLBACK_INDEX, CallbackState } from '../../journal/callback-state';
import type { RequestDocument } from '../../journal/request-document';
import { InjectRequests } from '../../journal/request.schema';

/** A callback that this process is to make, with its request as it ended. */
export interface DueCallback {
  readonly request: RequestDocument;
  readonly url: string;
  readonly endedAt: Date;
  /** From 1. */
  readonly attempt: number;
}

/** What has become of an attempt. `waitUntil`: it is tried again then. */
export type CallbackResult = Omit<CallbackState, 'attempts'>;

/** The callbacks that are owed, in MongoDB: leased to one process at a time, so that one that dies loses none. */
@Injectable()
export class CallbackStore {
  constructor(
    @InjectRequests() private readonly requests: Collection<RequestDocument>,
    private readonly clock: Clock,
  ) {}

  /**
   * Leases a callback that is due to the caller.
   * @param leaseMs after which another process may try
   * @param busyUsers whose callbacks are left alone for now
   */
  async lease(leaseMs: number, busyUsers: readonly string[]): Promise<DueCallback | undefined> {
    const now = this.clock.wall();
    const request = await this.requests.findOneAndUpdate(
      dueFilter(now, busyUsers),
      { $inc: { 'callback.attempts': 1 }, $set: { 'callback.waitUntil': new Date(now + leaseMs) } },
      {
        hint: CALLBACK_INDEX,
        sort: { 'callback.waitUntil': 1 },
        projection: { live: 0, 'attempts.log': 0 },
        returnDocument: 'after',
      },
    );
    const { callbackUrl: url, callback, finishedAt: endedAt } = request ?? {};
    if (!request || url === undefined || endedAt === undefined) return undefined;
    return { request, url, endedAt, attempt: callback?.attempts ?? 1 };
  }

  /** Records an attempt; not of a request that was made to run again meanwhile: its next end is told anew. */
  async record({ request, endedAt, attempt }: DueCallback, result: CallbackResult): Promise<void> {
    await this.requests.updateOne(
      { _id: request._id, finishedAt: endedAt, 'callback.attempts': attempt },
      { $set: { callback: { attempts: attempt, ...result } } },
    );
  }
}

/** Ended requests whose callback is owed and not under way; `null` matches what is absent. @param now ms since 1970 */
export function dueFilter(now: number, busyUsers: readonly string[]): Filter<RequestDocument> {
  return {
    callbackUrl: { $exists: true },
    'callback.outcome': null,
    pending: null,
    finishedAt: { $exists: true }, // nobody is told of what was abandoned
    'callback.waitUntil': { $not: { $gt: new Date(now) } },
    userId: { $nin: busyUsers },
  } as unknown as Filter<RequestDocument>;
}
