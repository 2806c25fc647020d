import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** Only an operator can make an account `admin`, never the API. */
export type UserRole = 'user' | 'admin';

/** A user who can log in. */
@Schema({ collection: 'users', versionKey: false, id: false })
export class User {
  /** UUIDv7. Names the user's queue, so it matches `[A-Za-z0-9_-]+` and is never reused. */
  @Prop({ type: String, required: true }) _id: string;
  /** As the user wrote it. */
  @Prop({ type: String, required: true }) email: string;
  /** `canonicalEmail(email)`, which identifies an account. */
  @Prop({ type: String, required: true }) emailKey: string;
  /** argon2id in PHC form. Read only to verify a password. */
  @Prop({ type: String, required: true }) passwordHash: string;
  @Prop({ type: String }) name?: string;
  @Prop({ type: String, required: true }) role: UserRole;
  @Prop({ type: Date, required: true }) createdAt: Date;
  /** When an operator locked the account. All its credentials are refused until it is unlocked. */
  @Prop({ type: Date }) lockedAt?: Date;
}

export const UserSchema = SchemaFactory.createForClass(User);
UserSchema.index({ emailKey: 1 }, { unique: true }); // one account per address, also between processes
UserSchema.index({ createdAt: -1, _id: -1 }); // the list of all
