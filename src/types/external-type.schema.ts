import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** A type that external workers serve, as declared. Schemas are stored as texts, because their keys are not valid field names. */
@Schema({ collection: 'types', versionKey: false, id: false })
export class ExternalType {
  /** The type. */
  @Prop({ type: String, required: true }) _id: string;
  /** JSON text. */
  @Prop({ type: String }) payloadSchema?: string;
  /** JSON text. */
  @Prop({ type: String }) example?: string;
  @Prop({ type: String }) description?: string;
  @Prop({ type: Number }) timeoutMs?: number;
  @Prop({ type: Date, required: true }) declaredAt: Date;
}

export const ExternalTypeSchema = SchemaFactory.createForClass(ExternalType);
