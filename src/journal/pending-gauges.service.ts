import { Injectable } from '@nestjs/common';
import type { Collection, Filter } from 'mongodb';
import { Clock } from '../common/time/clock';
import { SECOND_MS } from '../common/time/units';
import { MOST_CALLBACKS_COUNTED, MOST_COUNTED, PendingGauges } from '../events/pending-gauges';
import { CALLBACK_INDEX, OWED_CALLBACK } from './callback-state';
import { isOutOfTime } from '../stores/mongo/driver-errors';
import type { RequestDocument } from './request-document';
import { InjectRequests, PENDING_INDEX } from './request.schema';
import { RetriedRequests } from './retried-requests.service';

/** Time limit in MongoDB of one gauge. */
const MOST_MS = SECOND_MS;
/** A count that takes longer than this is repeated only after COUNT_PAUSE times as long. */
const QUICK_MS = 50;
const COUNT_PAUSE = 100;

/**
 * Counts pending requests and callbacks, and finds the request that has been retried the longest. Each count is bounded,
 * and one of a long backlog takes at most a hundredth of MongoDB's time, however often it is asked for.
 */
@Injectable()
export class RecordedGauges extends PendingGauges {
  /** The last count of pending requests, also one that was out of time, and how long it is used, by the monotonic clock. */
  private counted = Promise.resolve(0);
  private countedUntil = 0;

  constructor(
    @InjectRequests() private readonly requests: Collection<RequestDocument>,
    private readonly retried: RetriedRequests,
    private readonly clock: Clock,
  ) {
    super();
  }

  async pendingRequests(): Promise<number> {
    const began = this.clock.monotonic();
    if (began < this.countedUntil) return this.counted;
    this.counted = this.requests.countDocuments(
      { pending: true },
      { hint: PENDING_INDEX, limit: MOST_COUNTED, maxTimeMS: MOST_MS },
    );
    try {
      await this.counted;
    } catch (error) {
      if (!isOutOfTime(error)) throw error;
    }
    // Beyond MOST_MS the driver has waited for a server.
    const tookMs = Math.min(this.clock.monotonic() - began, MOST_MS);
    this.countedUntil = tookMs > QUICK_MS ? began + COUNT_PAUSE * tookMs : 0;
    return this.counted;
  }

  async oldestRetryingSeconds(): Promise<number> {
    const oldestAt = await this.retried.oldestAt(MOST_MS);
    return oldestAt === undefined ? 0 : Math.max(0, this.clock.wall() - oldestAt) / SECOND_MS;
  }

  pendingCallbacks(): Promise<number> {
    return this.requests.countDocuments(OWED_CALLBACK as unknown as Filter<RequestDocument>, {
      hint: CALLBACK_INDEX,
      limit: MOST_CALLBACKS_COUNTED,
      maxTimeMS: MOST_MS,
    });
  }
}
