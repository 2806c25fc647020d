import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import { Model } from 'mongoose';
import { collectionOf } from '../stores/mongo/collection-of';
import { QueueRecord } from './queue-record.schema';
import type { RequestDocument } from './request-document';
import { DECIDING, DURABLE, InjectRequests, PENDING_INDEX } from './request.schema';

/** Documents moved by one write: far less work than a call may take, however many requests a user has. */
const CHUNK = 500;

/** Requests whose shard matters, each kind with its index. Others keep the shard in which they ended. */
const KINDS = [
  { kind: { pending: true }, index: PENDING_INDEX },
  { kind: { halts: true }, index: 'halts' },
  { kind: { cancelsRest: true }, index: 'cancelsRest' },
] as const;

/** A document that belongs to a shard. */
interface Sharded {
  readonly _id: string;
  readonly shard: number;
}

/** Records users' documents under their shards of a new number. Only while no process serves; may be repeated. */
@Injectable()
export class ShardMoves {
  private readonly queues: Collection<Sharded>;
  private readonly sharded: Collection<Sharded>;

  constructor(
    @InjectRequests() private readonly requests: Collection<RequestDocument>,
    @InjectModel(QueueRecord.name) model: Model<QueueRecord>,
  ) {
    this.queues = collectionOf(model);
    this.sharded = model.db.collection<Sharded>(requests.collectionName);
  }

  /**
   * @param shardOf the right shard of a user
   * @param extend called before each write
   * @returns how many requests were moved
   */
  async run(shardOf: (userId: string) => number, extend: () => Promise<void>): Promise<number> {
    let count = 0;
    for (const { kind, index } of KINDS) {
      const found = this.requests
        .find(kind, { projection: { userId: 1, shard: 1 }, ...DECIDING })
        .hint(index);
      const moves = misplaced(found, ({ userId }) => shardOf(userId));
      count += await write(this.sharded, moves, extend);
    }
    const found = this.queues.find({}, { projection: { shard: 1 }, ...DECIDING });
    const moves = misplaced(found, ({ _id: userId }) => shardOf(userId));
    await write(this.queues, moves, extend);
    return count;
  }
}

/** The ids of documents with a wrong shard, grouped by the right one, in chunks. */
async function* misplaced<D extends Sharded>(
  documents: AsyncIterable<D>,
  shardOf: (document: D) => number,
): AsyncIterable<Map<number, string[]>> {
  let chunk = new Map<number, string[]>();
  let size = 0;
  for await (const document of documents) {
    const shard = shardOf(document);
    if (document.shard === shard) continue;
    const ids = chunk.get(shard) ?? [];
    ids.push(document._id);
    chunk.set(shard, ids);
    size += 1;
    if (size < CHUNK) continue;
    yield chunk;
    chunk = new Map();
    size = 0;
  }
  if (size > 0) yield chunk;
}

/** @returns how many documents were moved */
async function write(
  collection: Collection<Sharded>,
  moves: AsyncIterable<ReadonlyMap<number, string[]>>,
  extend: () => Promise<void>,
): Promise<number> {
  let count = 0;
  for await (const byShard of moves) {
    await extend();
    const writes = [...byShard].map(([shard, ids]) => ({
      updateMany: { filter: { _id: { $in: ids } }, update: { $set: { shard } } },
    }));
    count += (await collection.bulkWrite(writes, { ordered: false, ...DURABLE })).modifiedCount;
  }
  return count;
}
