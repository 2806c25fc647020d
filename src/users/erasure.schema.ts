import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** Who asked for an erasure. */
export interface ErasedBy {
  readonly accountId: string;
  readonly credential: 'session' | 'api-key' | 'portal';
}

/**
 * The erasure of a user: written before anything of the user is removed, and kept as the audit of it. It names the user
 * by the user id alone: nothing that the user, or the owner of a customer, has written.
 */
@Schema({ collection: 'erasures', versionKey: false, id: false })
export class Erasure {
  /** The user id. */
  @Prop({ type: String, required: true }) _id: string;
  /** Of a customer: the user id that the customer had first. It is the same for all erasures of one customer. */
  @Prop({ type: String }) slot?: string;
  /** Of a customer: the account that they belonged to. */
  @Prop({ type: String }) ownerId?: string;
  /** Of a customer's first user id: the one that the customer has now. */
  @Prop({ type: String }) successor?: string;
  /** Absent where an account ended before erasures had it on record. */
  @Prop({ type: Object }) by?: ErasedBy;
  @Prop({ type: Date, required: true }) requestedAt: Date;
  /** Since when nobody has been let in as this user: what was in flight then may still write for a while. */
  @Prop({ type: Date }) closedAt?: Date;
  /** The next pass, not before; absent once none is due. */
  @Prop({ type: Date }) nextPassAt?: Date;
  /** Since when nothing of the user has been left. */
  @Prop({ type: Date }) erasedAt?: Date;
}

export const ErasureSchema = SchemaFactory.createForClass(Erasure);
ErasureSchema.index({ slot: 1 }, { partialFilterExpression: { slot: { $exists: true } } }); // those of one customer
ErasureSchema.index({ ownerId: 1 }, { partialFilterExpression: { ownerId: { $exists: true } } }); // those of an account
ErasureSchema.index({ nextPassAt: 1 }, { partialFilterExpression: { nextPassAt: { $exists: true } } }); // what is due
