import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** A refresh token that has been replaced. */
export interface SpentToken {
  readonly hash: string;
  readonly at: Date;
}

/**
 * One login, and the chain of its refresh tokens. Ending a session removes the document: no document, no access. A
 * session exists only while its user does.
 */
@Schema({ collection: 'sessions', versionKey: false, id: false })
export class Session {
  /** UUIDv7, the `sid` of access tokens. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) userId: string;
  /** SHA-256 of the current refresh token. */
  @Prop({ type: String, required: true }) tokenHash: string;
  /** When the current token replaced the one before it. */
  @Prop({ type: Date, required: true }) rotatedAt: Date;
  /** The most recent tokens before it, oldest first. */
  @Prop({ type: [{ _id: false, hash: String, at: Date }] }) spent: SpentToken[];
  @Prop({ type: Date, required: true }) createdAt: Date;
  /** The `User-Agent` of the login, so that the owner can tell sessions apart. */
  @Prop({ type: String }) userAgent?: string;
  /** When the refresh token expires, and the session with it. */
  @Prop({ type: Date, required: true }) expiresAt: Date;
}

export const SessionSchema = SchemaFactory.createForClass(Session);
SessionSchema.index({ userId: 1 }); // ends all sessions of a user
SessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 }); // MongoDB removes expired sessions
