import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { DAY_MS, SECOND_MS } from '../common/time/units';

/** How long a minute is kept, ms. */
export const KEPT_MS = DAY_MS;

/** The counts of one minute. */
@Schema({ collection: 'throughput', versionKey: false, id: false })
export class ThroughputRecord {
  /** Minutes since 1970. */
  @Prop({ type: Number, required: true }) _id: number;
  @Prop({ type: Date, required: true }) at: Date;
  @Prop({ type: Number, required: true }) accepted: number;
  @Prop({ type: Number, required: true }) ended: number;
  @Prop({ type: Number, required: true }) failed: number;
}

export const ThroughputSchema = SchemaFactory.createForClass(ThroughputRecord);
ThroughputSchema.index({ at: 1 }, { expireAfterSeconds: KEPT_MS / SECOND_MS });
