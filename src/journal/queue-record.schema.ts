import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import { type Model, Schema as MongooseSchema } from 'mongoose';
import type { QueueControl, StartRate } from '../queue/queue-control';

export const FAILURE_POLICIES = ['continue', 'halt', 'cancel-rest'] as const;

/**
 * What happens to a queue when one of its requests has failed permanently. `continue`: the next one runs. `halt`:
 * nothing runs until it is retried or dismissed. `cancel-rest`: all waiting requests are cancelled.
 */
export type FailurePolicy = (typeof FAILURE_POLICIES)[number];

/** A pause by an admin, in addition to the user's own. Only an admin can resume it. */
export interface AdminPause {
  /** The account of the admin who paused the queue last. */
  readonly by: string;
  readonly at: Date;
}

/** The settings of a user's queue. Exists only for users who changed a setting. */
export interface QueueDocument extends Omit<QueueControl, 'userId'> {
  /** The user's id. */
  readonly _id: string;
  readonly shard: number;
  readonly onFailure: FailurePolicy;
  /** When the user paused it; unknown for a pause that 0.1.0 recorded. */
  readonly pausedAt?: Date;
  /** An admin has also paused it. */
  readonly adminPause?: AdminPause;
  /** Set until Redis is known to have the settings. */
  readonly dirty?: true;
}

@Schema({ collection: 'queues', versionKey: false, id: false })
export class QueueRecord {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: Number, required: true }) shard: number;
  @Prop({ type: Number, required: true }) version: number;
  @Prop({ type: Boolean }) paused: boolean;
  @Prop({ type: Date }) pausedAt?: Date;
  @Prop({ type: MongooseSchema.Types.Mixed }) adminPause?: AdminPause;
  @Prop({ type: String }) onFailure: FailurePolicy;
  @Prop({ type: MongooseSchema.Types.Mixed }) rate?: StartRate;
  @Prop({ type: Number }) maxDepth?: number;
  @Prop({ type: Boolean }) dirty?: true;
}

export const QueueRecordSchema = SchemaFactory.createForClass(QueueRecord);
QueueRecordSchema.index({ shard: 1 }); // recovery
QueueRecordSchema.index({ dirty: 1 }, { partialFilterExpression: { dirty: true } }); // what is repeated

/** The driver's collection behind the model. */
export function queuesOf(model: Model<QueueRecord>): Collection<QueueDocument> {
  return model.db.collection<QueueDocument>(model.collection.name);
}
