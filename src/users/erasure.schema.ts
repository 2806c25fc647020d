import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** Who requested an erasure. */
export interface ErasedBy {
  readonly accountId: string;
  readonly credential: 'session' | 'api-key' | 'portal';
}

/**
 * The erasure of a user. It is written before anything of the user is removed, and kept for audits. It names the user
 * only by the user id: nothing that the user, or the owner of a customer, has written.
 */
@Schema({ collection: 'erasures', versionKey: false, id: false })
export class Erasure {
  /** The user id. */
  @Prop({ type: String, required: true }) _id: string;
  /** For a customer: its first user id. It is the same in all erasures of one customer. */
  @Prop({ type: String }) slot?: string;
  /** For a customer: the account that it belonged to. */
  @Prop({ type: String }) ownerId?: string;
  /** In the erasure of a customer's first user id: the customer's current user id. */
  @Prop({ type: String }) successor?: string;
  /** Absent for accounts that ended before erasures recorded it. */
  @Prop({ type: Object }) by?: ErasedBy;
  @Prop({ type: Date, required: true }) requestedAt: Date;
  /** Since when nobody has been let in as this user: what was in flight then may still write for a while. */
  @Prop({ type: Date }) closedAt?: Date;
  /** The next pass starts no earlier than this; absent once no pass is due. */
  @Prop({ type: Date }) nextPassAt?: Date;
  /** When nothing of the user was left any longer. */
  @Prop({ type: Date }) erasedAt?: Date;
}

export const ErasureSchema = SchemaFactory.createForClass(Erasure);
ErasureSchema.index({ slot: 1 }, { partialFilterExpression: { slot: { $exists: true } } }); // finds the erasures of one customer
// Finds the open erasures of an account's customers.
ErasureSchema.index({ ownerId: 1, erasedAt: 1 }, { partialFilterExpression: { ownerId: { $exists: true } } });
ErasureSchema.index({ nextPassAt: 1 }, { partialFilterExpression: { nextPassAt: { $exists: true } } }); // finds what is due
