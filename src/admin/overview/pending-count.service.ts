import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { isOutOfTime } from '../../stores/mongo/out-of-time';
import { SECOND_MS } from '../../common/time/units';
import { PENDING_INDEX, RequestRecord, requestsOf } from '../../journal/request.schema';

const COUNT_TIME_MS = 5 * SECOND_MS;

/** How many requests of all users have not ended. */
@Injectable()
export class PendingCount {
  constructor(@InjectModel(RequestRecord.name) private readonly model: Model<RequestRecord>) {}

  /** @returns null if there are too many to be counted in time */
  async count(): Promise<number | null> {
    const options = { hint: PENDING_INDEX, maxTimeMS: COUNT_TIME_MS };
    try {
      return await requestsOf(this.model).countDocuments({ pending: true }, options);
    } catch (error) {
      if (!isOutOfTime(error)) throw error;
      return null;
    }
  }
}
