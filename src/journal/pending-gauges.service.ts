import { Injectable } from '@nestjs/common';
import type { Collection } from 'mongodb';
import { Clock } from '../common/time/clock';
import { SECOND_MS } from '../common/time/units';
import { MOST_COUNTED, PendingGauges, PendingReading } from '../events/pending-gauges';
import type { RequestDocument } from './request-document';
import { InjectRequests, PENDING_INDEX, RETRIED_INDEX } from './request.schema';

/** Time limit in MongoDB of one scrape. */
const MOST_MS = SECOND_MS;

/** Counts pending requests, and finds the one that has been retried the longest, using only their indexes. */
@Injectable()
export class RecordedGauges extends PendingGauges {
  constructor(
    @InjectRequests() private readonly requests: Collection<RequestDocument>,
    private readonly clock: Clock,
  ) {
    super();
  }

  async read(): Promise<PendingReading> {
    const [pendingRequests, oldest] = await Promise.all([
      this.requests.countDocuments(
        { pending: true },
        { hint: PENDING_INDEX, limit: MOST_COUNTED, maxTimeMS: MOST_MS },
      ),
      this.requests.findOne(
        { pending: true, attemptsMade: { $gt: 0 } },
        { hint: RETRIED_INDEX, sort: { startedAt: 1 }, projection: { startedAt: 1 }, maxTimeMS: MOST_MS },
      ),
    ]);
    const ageMs = oldest?.startedAt === undefined ? 0 : this.clock.wall() - oldest.startedAt.getTime();
    return { pendingRequests, oldestRetryingSeconds: Math.max(0, ageMs) / SECOND_MS };
  }
}
