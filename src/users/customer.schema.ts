import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** A user without a login: the customer of an account, which enqueues for them with an API key. */
@Schema({ collection: 'customers', versionKey: false, id: false })
export class Customer {
  /** The user id, `userIdOf(ownerId, customerId)`. Names the customer's queue. */
  @Prop({ type: String, required: true }) _id: string;
  /** The account that the customer belongs to. */
  @Prop({ type: String, required: true }) ownerId: string;
  /** What that account calls the customer, as `Turnwise-User` gave it. */
  @Prop({ type: String, required: true }) customerId: string;
  @Prop({ type: Date, required: true }) createdAt: Date;
}

export const CustomerSchema = SchemaFactory.createForClass(Customer);
CustomerSchema.index({ ownerId: 1 }); // ending all of an account's
CustomerSchema.index({ customerId: 1 }); // the search
CustomerSchema.index({ createdAt: -1, _id: -1 }); // the list of all
