import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** A link to set a new password, created by an operator. A user has at most one, the latest. */
@Schema({ collection: 'passwordresets', versionKey: false, id: false })
export class PasswordReset {
  /** The user id. */
  @Prop({ type: String, required: true }) _id: string;
  /** SHA-256 of the token in the link. */
  @Prop({ type: String, required: true }) tokenHash: string;
  @Prop({ type: Date, required: true }) expiresAt: Date;
}

export const PasswordResetSchema = SchemaFactory.createForClass(PasswordReset);
PasswordResetSchema.index({ tokenHash: 1 });
PasswordResetSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 }); // MongoDB removes expired links
