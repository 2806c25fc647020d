import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { MINUTE_MS } from '../common/time/units';
import { ThroughputRecord } from './throughput.schema';

/** Counts of a period. */
export interface Counts {
  readonly accepted: number;
  /** With any final status. */
  readonly ended: number;
  /** Of those that ended: failed permanently. */
  readonly failed: number;
}

/** One minute. A value that is not known is absent. */
export interface Minute {
  readonly at: Date;
  readonly counts: Counts | undefined;
}

export const minuteOf = (ms: number): number => Math.floor(ms / MINUTE_MS);

/** The counts of all processes together: one document for each minute of the last day. */
@Injectable()
export class ThroughputRecords {
  constructor(@InjectModel(ThroughputRecord.name) private readonly model: Model<ThroughputRecord>) {}

  /** Adds a process's counts for a minute. A minute with only zeros added is known to have had none. */
  async add(minute: number, counts: Counts): Promise<void> {
    const at = new Date(minute * MINUTE_MS);
    await this.model.updateOne({ _id: minute }, { $inc: counts, $setOnInsert: { at } }, { upsert: true });
  }

  /** Whole minutes, oldest first. @param until the first minute that is not included */
  async read(until: number, count: number): Promise<Minute[]> {
    const from = until - count;
    const records = await this.model.find({ _id: { $gte: from, $lt: until } }).lean();
    const known = new Map(
      records.map(({ _id, accepted, ended, failed }) => [_id, { accepted, ended, failed }]),
    );
    return Array.from({ length: count }, (_, i) => ({
      at: new Date((from + i) * MINUTE_MS),
      counts: known.get(from + i),
    }));
  }
}
