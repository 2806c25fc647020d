import { FactoryProvider, Inject } from '@nestjs/common';
import { getModelToken, Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import { type Model, Schema as MongooseSchema } from 'mongoose';
import { collectionOf } from '../stores/mongo/collection-of';
import type { JobOptions } from '../queue/job-options';
import { CALLBACK_INDEX, CallbackState } from './callback-state';
import type { LiveNotes } from './attempt-notes';
import type {
  AttemptRecord,
  BatchMembership,
  FirstAnswer,
  RequestDocument,
  RequestError,
  StoredStatus,
  Trouble,
} from './request-document';

// Also for the rooms that read or write requests and nothing else in the stores.
export { DECIDING, DURABLE, LINEARIZABLE } from '../stores/mongo/concerns';

const { Mixed } = MongooseSchema.Types;

/** The Mongoose model of RequestDocument. The journal bypasses its hydration, but uses its indexes. */
@Schema({ collection: 'requests', versionKey: false, minimize: false, id: false })
export class RequestRecord {
  @Prop({ type: String, required: true }) _id: string;
  @Prop({ type: String, required: true }) userId: string;
  @Prop({ type: Number }) shard: number;
  @Prop({ type: Number, required: true }) seq: number;
  @Prop({ type: String }) type: string;
  @Prop({ type: String }) lane?: string;
  @Prop({ type: String }) payload: string;
  @Prop({ type: Mixed }) options: JobOptions;
  @Prop({ type: String }) key?: string;
  @Prop({ type: String }) bodyHash?: string;
  @Prop({ type: Mixed }) batch?: BatchMembership;
  @Prop({ type: Boolean }) pending?: true;
  @Prop({ type: String, required: true }) status: StoredStatus;
  @Prop({ type: Number }) token: number;
  @Prop({ type: Number }) attemptsMade: number;
  @Prop({ type: Number }) crashes: number;
  @Prop({ type: Date }) notBefore?: Date;
  @Prop({ type: Date }) runAt?: Date;
  @Prop({ type: [Mixed] }) attempts: AttemptRecord[];
  @Prop({ type: Mixed }) live?: LiveNotes;
  @Prop({ type: Mixed }) trouble?: Trouble;
  @Prop({ type: String }) result?: string;
  @Prop({ type: Mixed }) error?: RequestError;
  @Prop({ type: [String] }) tags: string[];
  @Prop({ type: String }) callbackUrl?: string;
  @Prop({ type: Mixed }) callback?: CallbackState;
  @Prop({ type: Date }) createdAt: Date;
  @Prop({ type: Date }) startedAt?: Date;
  @Prop({ type: Date }) retryingSince?: Date;
  @Prop({ type: Date }) finishedAt?: Date;
  @Prop({ type: Date }) abandonedAt?: Date;
  @Prop({ type: Date }) dataErasedAt?: Date;
  @Prop({ type: Boolean }) halts?: true;
  @Prop({ type: Boolean }) cancelsRest?: true;
  @Prop({ type: String }) purge?: string;
  @Prop({ type: Mixed }) firstAnswer: FirstAnswer;
}

/** The names of the unique indexes, as they appear in errors. */
export const UNIQUE_ID = '_id_';
export const UNIQUE_SEQ = 'userId_seq';
export const UNIQUE_KEY = 'userId_key';

/** The recovery's and the reconciler's scan. */
export const PENDING_INDEX = { shard: 1, userId: 1, seq: 1 } as const;

/** Requests that have failed and will be tried again: few. Their index has those first that are retried for longest. */
export const RETRIED = { pending: true, attemptsMade: { $gt: 0 } } as const;
export const RETRIED_INDEX = 'retrying';

/** Requests that show how fast their queue is. Cancelled ones do not: one call can cancel thousands at once. */
export const SERVED = {
  finishedAt: { $exists: true },
  status: { $in: ['succeeded', 'failed', 'dismissed'] as StoredStatus[] },
};

const DAY_SECONDS = 86_400;

export const RequestSchema = SchemaFactory.createForClass(RequestRecord);
RequestSchema.index({ userId: 1, seq: 1 }, { name: UNIQUE_SEQ, unique: true }); // order; the lists
RequestSchema.index(
  { userId: 1, key: 1 },
  { name: UNIQUE_KEY, unique: true, partialFilterExpression: { key: { $exists: true } } },
);
RequestSchema.index(PENDING_INDEX, { partialFilterExpression: { pending: true } });
// Which queues are halted, and what a failure must still cancel. Both are few.
RequestSchema.index({ shard: 1, userId: 1 }, { name: 'halts', partialFilterExpression: { halts: true } });
RequestSchema.index({ shard: 1 }, { name: 'cancelsRest', partialFilterExpression: { cancelsRest: true } });
RequestSchema.index({ abandonedAt: 1 }, { expireAfterSeconds: DAY_SECONDS });
RequestSchema.index(CALLBACK_INDEX, { partialFilterExpression: { callbackUrl: { $exists: true } } });
RequestSchema.index({ retryingSince: 1 }, { name: RETRIED_INDEX, partialFilterExpression: RETRIED });
// A user's failed requests (lists, bulk retry, bulk dismiss): few, however many have ended. (P5)
RequestSchema.index({ userId: 1, seq: 1 }, { name: 'failed', partialFilterExpression: { status: 'failed' } });
// How fast a user's queue drains (drain.service.ts).
RequestSchema.index({ userId: 1, finishedAt: -1 }, { name: 'served', partialFilterExpression: SERVED });

const REQUESTS = Symbol('requests');

/**
 * Injects the driver's collection instead of the model: documents are sent exactly as written, and nothing is
 * hydrated.
 */
export const InjectRequests = (): ParameterDecorator => Inject(REQUESTS);

/** The collection that `InjectRequests` injects. */
export const requestsProvider: FactoryProvider<Collection<RequestDocument>> = {
  provide: REQUESTS,
  inject: [getModelToken(RequestRecord.name)],
  useFactory: requestsOf,
};

/** The driver's collection of the requests. */
export function requestsOf(model: Model<RequestRecord>): Collection<RequestDocument> {
  return collectionOf(model);
}
