import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { DAY_MS, SECOND_MS } from '../../common/time/units';
import type { Scope } from '../access/scopes';

/** How long a key that has run out is still listed, so that its owner sees why it is refused. */
const LISTED_MS = 30 * DAY_MS;

/** A key for programs. One that is ended is removed: no document, no access. */
@Schema({ collection: 'apikeys', versionKey: false, id: false })
export class ApiKey {
  /** UUIDv7; a part of the key. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) userId: string;
  @Prop({ type: String, required: true }) name: string;
  /** As it was given them. What its account may not do, it may not either. */
  @Prop({ type: [String], required: true }) scopes: Scope[];
  /** SHA-256 of the key. Its 256 random bits need no slower hash. */
  @Prop({ type: String, required: true }) hash: string;
  @Prop({ type: Date, required: true }) createdAt: Date;
  /** From when on it is refused, if ever. */
  @Prop({ type: Date }) expiresAt?: Date;
  /** To the minute. */
  @Prop({ type: Date }) lastUsedAt?: Date;
}

export const ApiKeySchema = SchemaFactory.createForClass(ApiKey);
ApiKeySchema.index({ userId: 1 }); // the list; ending all of a user's
ApiKeySchema.index({ expiresAt: 1 }, { expireAfterSeconds: LISTED_MS / SECOND_MS });
