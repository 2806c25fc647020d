import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { Schema as MongooseSchema } from 'mongoose';
import type { Scope } from '../access/scopes';

/** The credential that created a portal link. The link ends with it. */
export interface PortalMaker {
  readonly kind: 'session' | 'api-key';
  readonly id: string;
}

/** A link that opens the API for one customer of an account. Ending it removes the document: no document, no access. */
@Schema({ collection: 'portallinks', versionKey: false, id: false })
export class PortalLink {
  /** UUIDv7, the `sid` of its token. */
  @Prop({ type: String, required: true }) _id: string;
  /** The account that made it. */
  @Prop({ type: String, required: true }) ownerId: string;
  @Prop({ type: MongooseSchema.Types.Mixed, required: true }) maker: PortalMaker;
  /** The customer's user id when the link was created. An erased customer gets a new user id. */
  @Prop({ type: String, required: true }) userId: string;
  /** The account's ID of the customer. */
  @Prop({ type: String, required: true }) customerId: string;
  @Prop({ type: [String], required: true }) scopes: Scope[];
  /** The host's name and colour, for the page. */
  @Prop({ type: String }) name?: string;
  @Prop({ type: String }) color?: string;
  @Prop({ type: Date, required: true }) createdAt: Date;
  @Prop({ type: Date, required: true }) expiresAt: Date;
}

export const PortalLinkSchema = SchemaFactory.createForClass(PortalLink);
PortalLinkSchema.index({ ownerId: 1 }); // lists the links of an account, and ends them all
PortalLinkSchema.index({ userId: 1 }); // ends the links of a customer
PortalLinkSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 }); // MongoDB removes expired links
