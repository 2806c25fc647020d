import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** A user without a login: the customer of an account. The account enqueues for the customer with an API key. */
@Schema({ collection: 'customers', versionKey: false, id: false })
export class Customer {
  /** The user id, `userIdOf(ownerId, customerId)`. Names the customer's queue. */
  @Prop({ type: String, required: true }) _id: string;
  /** The account that the customer belongs to. */
  @Prop({ type: String, required: true }) ownerId: string;
  /** The account's ID of the customer, as in `Turnwise-User`. */
  @Prop({ type: String, required: true }) customerId: string;
  @Prop({ type: Date, required: true }) createdAt: Date;
}

export const CustomerSchema = SchemaFactory.createForClass(Customer);
CustomerSchema.index({ ownerId: 1 }); // ends all customers of an account
CustomerSchema.index({ customerId: 1 }); // the search
CustomerSchema.index({ createdAt: -1, _id: -1 }); // the list of all
