import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** A refresh token that has been replaced. */
export interface SpentToken {
  readonly hash: string;
  readonly at: Date;
}

/**
 * One login, and the family of refresh tokens that follow from it. A session that ends is removed: no document,
 * no access. It exists only while its user does.
 */
@Schema({ collection: 'sessions', versionKey: false, id: false })
export class Session {
  /** UUIDv7, the `sid` of access tokens. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) userId: string;
  /** SHA-256 of the refresh token that is good now. */
  @Prop({ type: String, required: true }) tokenHash: string;
  /** When it became so. */
  @Prop({ type: Date, required: true }) rotatedAt: Date;
  /** The latest tokens before it, oldest first. */
  @Prop({ type: [{ _id: false, hash: String, at: Date }] }) spent: SpentToken[];
  @Prop({ type: Date, required: true }) createdAt: Date;
  /** What the client that logged in calls itself, for the owner to tell their sessions apart. */
  @Prop({ type: String }) userAgent?: string;
  /** When the refresh token, and the session with it, runs out. */
  @Prop({ type: Date, required: true }) expiresAt: Date;
}

export const SessionSchema = SchemaFactory.createForClass(Session);
SessionSchema.index({ userId: 1 }); // ending all of a user's
SessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 }); // MongoDB removes what has run out
