import { Injectable } from '@nestjs/common';
import type { Collection } from 'mongodb';
import { isOutOfTime } from '../../stores/mongo/driver-errors';
import { SECOND_MS } from '../../common/time/units';
import type { RequestDocument } from '../../journal/request-document';
import { InjectRequests, PENDING_INDEX } from '../../journal/request.schema';

const COUNT_TIME_MS = 5 * SECOND_MS;

/** How many requests of all users have not ended. */
@Injectable()
export class PendingCount {
  constructor(@InjectRequests() private readonly requests: Collection<RequestDocument>) {}

  /** @returns null if there are too many to count in time */
  async count(): Promise<number | null> {
    const options = { hint: PENDING_INDEX, maxTimeMS: COUNT_TIME_MS };
    try {
      return await this.requests.countDocuments({ pending: true }, options);
    } catch (error) {
      if (!isOutOfTime(error)) throw error;
      return null;
    }
  }
}
