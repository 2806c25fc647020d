import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Schema as MongooseSchema } from 'mongoose';
import type { Scope } from '../access/scopes';

/** What a portal link was made with; it ends with it. */
export interface PortalMaker {
  readonly kind: 'session' | 'api-key';
  readonly id: string;
}

/** A link that opens the API for one customer of an account. One that is ended is removed: no document, no access. */
@Schema({ collection: 'portallinks', versionKey: false, id: false })
export class PortalLink {
  /** UUIDv7, the `sid` of its token. */
  @Prop({ type: String, required: true }) _id: string;
  /** The account that made it. */
  @Prop({ type: String, required: true }) ownerId: string;
  @Prop({ type: MongooseSchema.Types.Mixed, required: true }) maker: PortalMaker;
  /** The customer's user id when it was made: after an erasure the customer is another user. */
  @Prop({ type: String, required: true }) userId: string;
  /** The account's ID of the customer. */
  @Prop({ type: String, required: true }) customerId: string;
  @Prop({ type: [String], required: true }) scopes: Scope[];
  /** The name and the colour of the host, for the page. */
  @Prop({ type: String }) name?: string;
  @Prop({ type: String }) color?: string;
  @Prop({ type: Date, required: true }) createdAt: Date;
  @Prop({ type: Date, required: true }) expiresAt: Date;
}

export const PortalLinkSchema = SchemaFactory.createForClass(PortalLink);
PortalLinkSchema.index({ ownerId: 1 }); // the list; ending all of an account's
PortalLinkSchema.index({ userId: 1 }); // ending a customer's
PortalLinkSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 }); // MongoDB removes what has run out
