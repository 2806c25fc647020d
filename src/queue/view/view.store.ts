import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { ChangeStream, Collection, Document } from 'mongodb';
import { Connection } from 'mongoose';
import { isDuplicateKey } from '../../common/mongo/duplicate-key';
import { serverTime } from '../../common/mongo/server-time';
import { SECOND_MS } from '../../common/time';
import { InvalidEnvironment } from '../../config/env';
import { QueueSettings } from '../../config/settings';

/** The one document `view`: the epoch of every shard, and until when a recovery has a shard for itself. */
export interface ViewDocument {
  readonly _id: 'view';
  readonly shards: number;
  readonly epochs: Readonly<Record<string, number>>;
  readonly recoverUntil: Readonly<Record<string, Date>>;
  /** Which recovery raised the shard last. */
  readonly recovery: Readonly<Record<string, string>>;
}

/** A read that a deposed primary could answer would show an epoch that is past. (P1) */
const LINEARIZABLE = { readConcern: { level: 'linearizable' }, maxTimeMS: 5 * SECOND_MS } as const;

/** Reads and raises the epochs. All times are compared by MongoDB's own clock. */
@Injectable()
export class ViewStore {
  private readonly view: Collection<ViewDocument>;

  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly settings: QueueSettings,
  ) {
    this.view = connection.collection<ViewDocument>('view');
  }

  /**
   * Makes the document if there is none.
   * @throws InvalidEnvironment when the cluster runs with another number of shards: two layouts would be two queues per user
   */
  async ensure(): Promise<void> {
    const { shards } = this.settings;
    const epochs = Object.fromEntries(Array.from({ length: shards }, (_, shard) => [shard, 0]));
    await this.view
      .updateOne(
        { _id: 'view' },
        { $setOnInsert: { shards, epochs, recoverUntil: {}, recovery: {} } },
        { upsert: true },
      )
      .catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error; // another process was first
      });
    const existing = await this.read();
    if (existing.shards !== shards)
      throw new InvalidEnvironment(
        `QUEUE_SHARDS is ${shards}, but this database was set up with ${existing.shards}: use that number.`,
      );
  }

  async read(): Promise<ViewDocument> {
    const document = await this.view.findOne({ _id: 'view' }, LINEARIZABLE);
    if (!document) throw new Error('the view is missing in MongoDB');
    return document;
  }

  /** Tells of changes of the view; ends with an error when MongoDB goes away. */
  watch(): ChangeStream<ViewDocument, Document> {
    return this.view.watch<ViewDocument, Document>([], { maxAwaitTimeMS: SECOND_MS });
  }

  /**
   * Raises, in one write, each of the shards that still has the given epoch and is not being recovered.
   * @returns those that this call has raised
   */
  async raise(recovery: string, shards: ReadonlyMap<number, number>, forMs: number): Promise<number[]> {
    const changes = [...shards].map(([shard, epoch]) => {
      const mine = {
        $and: [
          { $eq: [`$epochs.${shard}`, epoch] },
          { $lt: [{ $ifNull: [`$recoverUntil.${shard}`, new Date(0)] }, '$$NOW'] },
        ],
      };
      const change = (field: string, to: unknown) => ({
        [`${field}.${shard}`]: { $cond: [mine, to, `$${field}.${shard}`] },
      });
      // One stage sets all three from the document as it was.
      return {
        $set: {
          ...change('epochs', epoch + 1),
          ...change('recoverUntil', { $add: ['$$NOW', forMs] }),
          ...change('recovery', recovery),
        },
      };
    });
    const after = await this.view.findOneAndUpdate({ _id: 'view' }, changes, { returnDocument: 'after' });
    return [...shards.keys()].filter((shard) => after?.recovery[shard] === recovery);
  }

  /** Keeps a shard for a recovery that is still at work. @returns false when it is not this recovery's any more */
  async extend(recovery: string, shard: number, forMs: number): Promise<boolean> {
    const { matchedCount } = await this.view.updateOne({ _id: 'view', [`recovery.${shard}`]: recovery }, [
      { $set: { [`recoverUntil.${shard}`]: { $add: ['$$NOW', forMs] } } },
    ]);
    return matchedCount === 1;
  }

  /** Ends a recovery, done or failed: whoever finds the shard closed may raise it again. */
  async release(recovery: string, shard: number): Promise<void> {
    await this.view.updateOne(
      { _id: 'view', [`recovery.${shard}`]: recovery },
      { $unset: { [`recoverUntil.${shard}`]: 1 } },
    );
  }

  /** MongoDB's clock, ms since 1970. */
  now(): Promise<number> {
    return serverTime(this.connection);
  }
}
