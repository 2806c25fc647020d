import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { DAY_MS, SECOND_MS } from '../../common/time/units';
import type { Scope } from '../access/scopes';

/** How long an expired key stays listed, so that its owner sees why it is refused. */
const LISTED_MS = 30 * DAY_MS;

/** A key for programs. Ending it removes the document: no document, no access. */
@Schema({ collection: 'apikeys', versionKey: false, id: false })
export class ApiKey {
  /** UUIDv7; a part of the key. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) userId: string;
  @Prop({ type: String, required: true }) name: string;
  /** As given at creation. A key can never do more than its account. */
  @Prop({ type: [String], required: true }) scopes: Scope[];
  /** SHA-256 of the key. Its 256 random bits need no slower hash. */
  @Prop({ type: String, required: true }) hash: string;
  @Prop({ type: Date, required: true }) createdAt: Date;
  /** When the key expires, if ever. */
  @Prop({ type: Date }) expiresAt?: Date;
  /** To the minute. */
  @Prop({ type: Date }) lastUsedAt?: Date;
}

export const ApiKeySchema = SchemaFactory.createForClass(ApiKey);
ApiKeySchema.index({ userId: 1 }); // lists the keys of a user, and ends them all
ApiKeySchema.index({ expiresAt: 1 }, { expireAfterSeconds: LISTED_MS / SECOND_MS });
