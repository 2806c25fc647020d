import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** An account that has to end: written before anything of it is removed, and removed last. */
@Schema({ collection: 'accountendings', versionKey: false, id: false })
export class AccountEnding {
  /** The user id. */
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Date, required: true }) requestedAt: Date;
}

export const AccountEndingSchema = SchemaFactory.createForClass(AccountEnding);
