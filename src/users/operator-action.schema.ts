import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** An operator's action at a shell, until a process of the service has logged it. */
@Schema({ collection: 'operatoractions', versionKey: false, id: false })
export class OperatorAction {
  /** UUIDv7, so that older ones sort first. */
  @Prop({ type: String, required: true }) _id: string;
  /** The command; for `shards` with its option. */
  @Prop({ type: String, required: true }) action: string;
  /** The account concerned; absent if it was the whole installation. */
  @Prop({ type: String }) account?: string;
  /** The operator's user of the operating system, and the host. */
  @Prop({ type: String, required: true }) actor: string;
  @Prop({ type: Date, required: true }) doneAt: Date;
}

export const OperatorActionSchema = SchemaFactory.createForClass(OperatorAction);
