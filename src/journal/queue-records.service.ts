import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, UpdateFilter } from 'mongodb';
import { Model } from 'mongoose';
import { inChunks } from '../common/flow/in-chunks';
import { isDuplicateKey } from '../stores/mongo/driver-errors';
import type { QueueControl } from '../queue/queue-control';
import { FailurePolicy, QueueDocument, queuesOf, QueueRecord } from './queue-record.schema';
import { DECIDING, DURABLE } from './request.schema';

/** The settings that can be changed. `null` restores the default. */
export interface QueueChange {
  readonly paused?: boolean;
  /** The account of an admin who pauses it. */
  readonly adminPause?: string | null;
  readonly onFailure?: FailurePolicy;
  readonly rate?: QueueControl['rate'] | null;
  readonly maxDepth?: number | null;
}

const DEFAULTS = { paused: false, onFailure: 'continue' } as const;
const CHUNK = 200;

/** What users have set for their queues. Every change has a version, one higher than the one before. */
@Injectable()
export class QueueRecords {
  private readonly queues: Collection<QueueDocument>;

  constructor(@InjectModel(QueueRecord.name) model: Model<QueueRecord>) {
    this.queues = queuesOf(model);
  }

  /** Undefined for a user who has never changed a setting. */
  async find(userId: string): Promise<QueueDocument | undefined> {
    return (await this.queues.findOne({ _id: userId }, DECIDING)) ?? undefined;
  }

  /** The settings of several users. */
  async ofUsers(userIds: readonly string[]): Promise<QueueDocument[]> {
    return this.queues.find({ _id: { $in: [...userIds] } }, DECIDING).toArray();
  }

  async policyOf(userId: string): Promise<FailurePolicy> {
    return (await this.find(userId))?.onFailure ?? DEFAULTS.onFailure;
  }

  /** @returns the new settings, marked `dirty` until `applied` says that Redis has them */
  async change(userId: string, shard: number, change: QueueChange): Promise<QueueDocument> {
    const { adminPause, ...others } = change;
    const given = Object.entries(others).filter(([, value]) => value !== undefined);
    const set = given.filter(([, value]) => value !== null);
    const unset = given.filter(([, value]) => value === null).map(([name]) => [name, ''] as const);
    const defaults = Object.entries(DEFAULTS).filter(([name]) => !(name in change));
    const now = new Date();
    const update: UpdateFilter<QueueDocument> = {
      $set: {
        ...Object.fromEntries(set),
        ...(adminPause ? { 'adminPause.by': adminPause } : {}),
        dirty: true,
      },
      $unset: {
        ...Object.fromEntries<''>(unset),
        ...(change.paused === false ? { pausedAt: '' } : {}),
        ...(adminPause === null ? { adminPause: '' } : {}),
      },
      $min: {
        // The first of several pauses sets the time.
        ...(change.paused === true ? { pausedAt: now } : {}),
        ...(adminPause ? { 'adminPause.at': now } : {}),
      },
      $inc: { version: 1 },
      $setOnInsert: { shard, ...Object.fromEntries(defaults) },
    };
    const options = {
      upsert: true,
      returnDocument: 'after',
      includeResultMetadata: false,
      ...DURABLE,
    } as const;
    const write = () => this.queues.findOneAndUpdate({ _id: userId }, update, options);
    // Of two concurrent first changes, one finds that the other has created the document.
    const changed = await write().catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
      return write();
    });
    if (!changed) throw new Error('an upsert has left no document');
    return changed;
  }

  /**
   * Redis has this version, or a newer one, in this shard. A process that was frozen while the number of shards changed
   * may have recorded another one, which no rebuild would find. The read shard is compared, because the process that
   * calls this may have been frozen, too: then it stays dirty.
   */
  async applied({ _id, version, shard: recorded }: QueueDocument, shard: number): Promise<void> {
    const update = { $set: { shard }, $unset: { dirty: '' } } as const;
    await this.queues.updateOne({ _id, version, shard: recorded }, update, DURABLE);
  }

  /** Removes the settings of an erased user. */
  async remove(userId: string): Promise<void> {
    await this.queues.deleteOne({ _id: userId }, DURABLE);
  }

  /**
   * Settings that Redis may not have. Read each one again before applying it, because it may have changed since.
   */
  dirty(): AsyncIterable<Pick<QueueDocument, '_id'>> {
    const id = { projection: { _id: 1 }, ...DECIDING };
    return this.queues.find({ dirty: true }, id).hint({ dirty: 1 }).batchSize(CHUNK);
  }

  async *ofShard(shard: number): AsyncIterable<QueueDocument[]> {
    yield* inChunks(this.queues.find({ shard }, DECIDING).batchSize(CHUNK), CHUNK);
  }
}

/** The settings as `queue` knows them: without who paused the queue. */
export function controlOf(document: QueueDocument): QueueControl {
  const { _id: userId, version, paused, adminPause, rate, maxDepth } = document;
  return { userId, version, paused: paused || adminPause !== undefined, rate, maxDepth };
}
