import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** A secret as it is stored. */
export interface StoredSecret {
  /** By SecretSeal. */
  readonly sealed: string;
  readonly createdAt: Date;
  /** Until when it still signs, once it has been replaced. */
  readonly signsUntil?: Date;
}

/** One user's secrets; made at the first use. */
@Schema({ collection: 'webhookSecrets', versionKey: false, id: false })
export class WebhookSecrets {
  /** The user's id. */
  @Prop({ type: String, required: true }) _id: string;
  /** The newest first: it is the one that is shown. */
  @Prop({ type: [{ _id: false, sealed: String, createdAt: Date, signsUntil: Date }] })
  secrets: StoredSecret[];
}

export const WebhookSecretsSchema = SchemaFactory.createForClass(WebhookSecrets);
