import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** A secret as it is stored. */
export interface StoredSecret {
  /** Sealed by SecretSeal. */
  readonly sealed: string;
  readonly createdAt: Date;
  /** Until when it still signs after it was replaced. */
  readonly signsUntil?: Date;
}

/** One user's secrets. Created at first use. */
@Schema({ collection: 'webhookSecrets', versionKey: false, id: false })
export class WebhookSecrets {
  /** The user's id. */
  @Prop({ type: String, required: true }) _id: string;
  /** Newest first. The first one is shown to the user. */
  @Prop({ type: [{ _id: false, sealed: String, createdAt: Date, signsUntil: Date }] })
  secrets: StoredSecret[];
}

export const WebhookSecretsSchema = SchemaFactory.createForClass(WebhookSecrets);
