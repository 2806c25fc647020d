import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** What an operator has done at a shell, until a process of the service has written it to its log. */
@Schema({ collection: 'operatoractions', versionKey: false, id: false })
export class OperatorAction {
  /** UUIDv7: the older ones come first. */
  @Prop({ type: String, required: true }) _id: string;
  /** The command. Of `shards` its option too. */
  @Prop({ type: String, required: true }) action: string;
  /** The account that it was about; absent if it was about the whole installation. */
  @Prop({ type: String }) account?: string;
  /** The user of the operating system who gave it, and the host. */
  @Prop({ type: String, required: true }) actor: string;
  @Prop({ type: Date, required: true }) doneAt: Date;
}

export const OperatorActionSchema = SchemaFactory.createForClass(OperatorAction);
