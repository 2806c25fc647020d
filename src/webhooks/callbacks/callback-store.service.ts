import { Injectable } from '@nestjs/common';
import type { Collection, Filter, Sort } from 'mongodb';
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
   * Leases a callback that was never tried to the caller: of the first user after another one.
   * @param leaseMs after which another process may try
   * @param busyUsers whose callbacks are left alone for now
   */
  leaseFirst(leaseMs: number, busyUsers: readonly string[], after: string): Promise<DueCallback | undefined> {
    return this.lease(leaseMs, firstFilter(busyUsers, after), { userId: 1 });
  }

  /** Leases one that is to be tried again, or whose lease has ended: the one that has been due for longest. */
  leaseAgain(leaseMs: number, busyUsers: readonly string[]): Promise<DueCallback | undefined> {
    return this.lease(leaseMs, againFilter(this.clock.wall(), busyUsers), { 'callback.waitUntil': 1 });
  }

  /** Gives back a lease under which nothing was sent. It is due again after the given time, ms. */
  async putOff({ request, endedAt, attempt }: DueCallback, waitMs: number): Promise<void> {
    await this.requests.updateOne(
      { _id: request._id, finishedAt: endedAt, 'callback.attempts': attempt },
      {
        $inc: { 'callback.attempts': -1 },
        $set: { 'callback.waitUntil': new Date(this.clock.wall() + waitMs) },
      },
    );
  }

  /** Records an attempt; not if the request was retried meanwhile: its next end has a callback of its own. */
  async record({ request, endedAt, attempt }: DueCallback, result: CallbackResult): Promise<void> {
    await this.requests.updateOne(
      { _id: request._id, finishedAt: endedAt, 'callback.attempts': attempt },
      { $set: { callback: { attempts: attempt, ...result } } },
    );
  }

  private async lease(
    leaseMs: number,
    filter: Filter<RequestDocument>,
    sort: Sort,
  ): Promise<DueCallback | undefined> {
    const waitUntil = new Date(this.clock.wall() + leaseMs);
    const request = await this.requests.findOneAndUpdate(
      filter,
      { $inc: { 'callback.attempts': 1 }, $set: { 'callback.waitUntil': waitUntil } },
      {
        hint: CALLBACK_INDEX,
        sort,
        projection: { live: 0, 'attempts.log': 0 },
        returnDocument: 'after',
      },
    );
    const { callbackUrl: url, callback, finishedAt: endedAt } = request ?? {};
    if (!request || url === undefined || endedAt === undefined) return undefined;
    return { request, url, endedAt, attempt: callback?.attempts ?? 1 };
  }
}

/** Ended requests whose callback is owed, and was never tried. @param after whose callbacks are of users after this one */
export const firstFilter = (busyUsers: readonly string[], after: string): Filter<RequestDocument> =>
  owed({ 'callback.waitUntil': null, userId: { $gt: after, $nin: busyUsers } });

/** The same whose wait or lease is over. @param now ms since 1970 */
export const againFilter = (now: number, busyUsers: readonly string[]): Filter<RequestDocument> =>
  owed({ 'callback.waitUntil': { $lte: new Date(now) }, userId: { $nin: busyUsers } });

/** `null` matches what is absent. */
const owed = (more: object) =>
  ({
    callbackUrl: { $exists: true },
    'callback.outcome': null,
    pending: null,
    finishedAt: { $exists: true }, // nobody is told of what was abandoned
    ...more,
  }) as unknown as Filter<RequestDocument>;
