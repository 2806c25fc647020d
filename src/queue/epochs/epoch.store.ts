import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { ChangeStream, Collection, Document } from 'mongodb';
import { Connection } from 'mongoose';
import { v7 as uuid } from 'uuid';
import { LINEARIZABLE } from '../../stores/mongo/concerns';
import { isDuplicateKey } from '../../stores/mongo/driver-errors';
import { serverTime } from '../../stores/mongo/server-time';
import { SECOND_MS } from '../../common/time/units';
import { InvalidEnvironment } from '../../config/env';
import { QueueSettings } from '../../config/settings';
import { Layouts } from './layouts';
import { SCHEMA } from './migrations';
import {
  fromStored,
  mustHaveShards,
  NEWER_THAN_FIRST,
  raisedTo,
  StoredEpochDocument,
  UnknownLayout,
  EpochDocument,
} from './epoch-document';
import { allShards } from '../keys';

/** Reads and raises the epochs. Times are compared by MongoDB's own clock. */
@Injectable()
export class EpochStore {
  private readonly view: Collection<StoredEpochDocument>;
  private id = '';

  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly settings: QueueSettings,
    private readonly layouts: Layouts,
  ) {
    this.view = connection.collection<StoredEpochDocument>('view');
  }

  /** The name of this MongoDB in Redis. Known once `ensure` has resolved. */
  get installation(): string {
    return this.id;
  }

  /** Creates the document if it is missing, and gives one of 0.1.0 its installation. */
  async ensure(): Promise<void> {
    const { shards } = this.settings;
    const shardEpochs = Object.fromEntries(allShards(shards).map((shard) => [shard, 0]));
    const versions = { layout: this.layouts.max, schema: SCHEMA };
    const fresh = {
      shards: NEWER_THAN_FIRST,
      shardCount: shards,
      shardEpochs,
      recoverUntil: {},
      recovery: {},
    };
    await this.view
      .updateOne({ _id: 'view' }, { $setOnInsert: { ...fresh, ...versions } }, { upsert: true })
      .catch((error: unknown) => {
        if (!isDuplicateKey(error)) throw error; // another process was first
      });
    await this.view.updateOne(
      { _id: 'view', installation: { $exists: false } },
      { $set: { installation: uuid() } },
    );
    this.id = (await this.readAny()).installation;
  }

  /** @throws CannotServe when this version does not know the layout in force, or the number of shards differs */
  async read(): Promise<EpochDocument> {
    const view = await this.readAny();
    mustHaveShards(view, this.settings.shards);
    const { min, max } = this.layouts;
    if (view.layout < min || view.layout > max) throw new UnknownLayout(view.layout, max);
    return view;
  }

  /** The view of any version, for a process that does not act on it yet. */
  async readAny(): Promise<EpochDocument> {
    const document = await this.view.findOne({ _id: 'view' }, LINEARIZABLE);
    if (!document)
      throw new InvalidEnvironment('This database has no queues: no process has ever served it.');
    return fromStored(document);
  }

  /** Yields when the view changes; ends with an error when MongoDB goes away. */
  watch(): ChangeStream<StoredEpochDocument, Document> {
    return this.view.watch<StoredEpochDocument, Document>([], { maxAwaitTimeMS: SECOND_MS });
  }

  /**
   * Puts a newer layout in force and raises the epochs of all shards, in one write. From then on every shard is closed
   * until it is rebuilt in the new layout, and a recovery that is running in the older layout has lost its shards.
   * @returns whether this call did it
   */
  async raiseLayout(from: number, to: number): Promise<boolean> {
    const isInForce = from === 1 ? { layout: { $exists: false } } : { layout: from };
    const { modifiedCount } = await this.view.updateOne({ _id: 'view', ...isInForce }, raisedTo(to));
    return modifiedCount === 1;
  }

  /** Records that the migrations up to this schema have run. */
  async raiseSchema(to: number): Promise<void> {
    await this.view.updateOne({ _id: 'view' }, { $max: { schema: to } });
  }

  /**
   * Raises in one write all given shards that still have the given epoch and are not being recovered.
   * @param over expired reservations, by shard, whatever MongoDB's clock shows; each must be unchanged
   * @returns the shards that this call raised, and until when others are reserved
   */
  async raise(
    recovery: string,
    shards: ReadonlyMap<number, number>,
    forMs: number,
    over: ReadonlyMap<number, Date> = new Map(),
  ): Promise<{ readonly mine: number[]; readonly reserved: ReadonlyMap<number, Date> }> {
    const changes = [...shards].map(([shard, epoch]) => {
      const until = { $ifNull: [`$recoverUntil.${shard}`, new Date(0)] };
      const isOver = { $or: [{ $lt: [until, '$$NOW'] }, { $eq: [until, over.get(shard) ?? null] }] };
      const mine = { $and: [{ $eq: [`$shardEpochs.${shard}`, epoch] }, isOver] };
      const change = (field: string, to: unknown) => ({
        [`${field}.${shard}`]: { $cond: [mine, to, `$${field}.${shard}`] },
      });
      // One stage sets all three from the document's previous state.
      return {
        $set: {
          ...change('shardEpochs', epoch + 1),
          ...change('recoverUntil', { $add: ['$$NOW', forMs] }),
          ...change('recovery', recovery),
        },
      };
    });
    const after = await this.view.findOneAndUpdate({ _id: 'view' }, changes, { returnDocument: 'after' });
    const isMine = (shard: number) => after?.recovery[shard] === recovery;
    const reserved = [...shards.keys()].flatMap((shard): [number, Date][] => {
      const until = after?.recoverUntil[shard];
      return until && !isMine(shard) ? [[shard, until]] : [];
    });
    return { mine: [...shards.keys()].filter(isMine), reserved: new Map(reserved) };
  }

  /** Extends the reservation of a shard. @returns false when another recovery has it */
  async extend(recovery: string, shard: number, forMs: number): Promise<boolean> {
    const { matchedCount } = await this.view.updateOne({ _id: 'view', [`recovery.${shard}`]: recovery }, [
      { $set: { [`recoverUntil.${shard}`]: { $add: ['$$NOW', forMs] } } },
    ]);
    return matchedCount === 1;
  }

  /** Ends a recovery, successful or not: any process that finds the shard closed may raise it again. */
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
