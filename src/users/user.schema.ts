import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** `admin` is given by an operator, never by the API. */
export type UserRole = 'user' | 'admin';

/** A user who can log in. */
@Schema({ collection: 'users', versionKey: false, id: false })
export class User {
  /** UUIDv7. Names the user's queue, so it matches `[A-Za-z0-9_-]+` and is never used again. */
  @Prop({ type: String, required: true }) _id: string;
  /** As the user writes it. */
  @Prop({ type: String, required: true }) email: string;
  /** `canonicalEmail(email)`: what accounts are found and told apart by. */
  @Prop({ type: String, required: true }) emailKey: string;
  /** argon2id in PHC form. Leaves this document for verification alone. */
  @Prop({ type: String, required: true }) passwordHash: string;
  @Prop({ type: String }) name?: string;
  @Prop({ type: String, required: true }) role: UserRole;
  @Prop({ type: Date, required: true }) createdAt: Date;
  /** Since when an operator has locked it: all its credentials are refused until it is unlocked. */
  @Prop({ type: Date }) lockedAt?: Date;
}

export const UserSchema = SchemaFactory.createForClass(User);
UserSchema.index({ emailKey: 1 }, { unique: true }); // one account an address, also between processes
UserSchema.index({ createdAt: -1, _id: -1 }); // the list of all
