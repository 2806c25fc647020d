import { Injectable } from '@nestjs/common';
import type { Collection, Filter, Sort } from 'mongodb';
import { Clock } from '../../common/time/clock';
import { CALLBACK_INDEX, CallbackState, OWED_CALLBACK } from '../../journal/callback-state';
import type { RequestDocument } from '../../journal/request-document';
import { InjectRequests } from '../../journal/request.schema';

/** A callback for this process to send, with its ended request. */
export interface DueCallback {
  readonly request: RequestDocument;
  readonly url: string;
  readonly endedAt: Date;
  /** Starts at 1. */
  readonly attempt: number;
}

/** The result of an attempt. With `waitUntil` it is tried again then. */
export type CallbackResult = Omit<CallbackState, 'attempts'>;

/** Pending callbacks in MongoDB. Each is leased to one process at a time, so that a process that dies loses none. */
@Injectable()
export class CallbackStore {
  constructor(
    @InjectRequests() private readonly requests: Collection<RequestDocument>,
    private readonly clock: Clock,
  ) {}

  /**
   * Leases an untried callback to the caller: of the first user after the given one.
   * @param leaseMs after which another process may try
   * @param busyUsers whose callbacks to skip for now
   */
  leaseFirst(leaseMs: number, busyUsers: readonly string[], after: string): Promise<DueCallback | undefined> {
    return this.lease(leaseMs, firstFilter(busyUsers, after), { userId: 1 });
  }

  /** Leases the callback that has been due for longest among those to be tried again, or whose lease has ended. */
  leaseAgain(leaseMs: number, busyUsers: readonly string[]): Promise<DueCallback | undefined> {
    return this.lease(leaseMs, againFilter(this.clock.wall(), busyUsers), { 'callback.waitUntil': 1 });
  }

  /** Returns a lease under which nothing was sent. The callback is due again after `waitMs`. */
  async putOff({ request, endedAt, attempt }: DueCallback, waitMs: number): Promise<void> {
    await this.requests.updateOne(
      { _id: request._id, finishedAt: endedAt, 'callback.attempts': attempt },
      {
        $inc: { 'callback.attempts': -1 },
        $set: { 'callback.waitUntil': new Date(this.clock.wall() + waitMs) },
      },
    );
  }

  /** Records an attempt, unless the request was retried meanwhile: its next end has its own callback. */
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

/** Ended requests with a pending callback that was never tried. @param after only users after this one */
export const firstFilter = (busyUsers: readonly string[], after: string): Filter<RequestDocument> =>
  owed({ 'callback.waitUntil': null, userId: { $gt: after, $nin: busyUsers } });

/** Ended requests with a pending callback whose wait or lease is over. @param now ms since 1970 */
export const againFilter = (now: number, busyUsers: readonly string[]): Filter<RequestDocument> =>
  owed({ 'callback.waitUntil': { $lte: new Date(now) }, userId: { $nin: busyUsers } });

const owed = (more: object) => ({ ...OWED_CALLBACK, ...more }) as unknown as Filter<RequestDocument>;
