import { Injectable } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import type { Connection, Model } from 'mongoose';
import { DURABLE } from '../stores/mongo/concerns';
import { serverTime } from '../stores/mongo/server-time';
import { successorOf } from './customers.service';
import { ErasedBy, Erasure } from './erasure.schema';

/** The collection of an older version, whose records are adopted. */
const OLD_COLLECTION = 'accountendings';

/** The recorded erasures. All times are MongoDB's. */
@Injectable()
export class ErasureRecords {
  constructor(
    @InjectModel(Erasure.name) private readonly erasures: Model<Erasure>,
    @InjectConnection() private readonly connection: Connection,
  ) {}

  /** ms since 1970 */
  now(): Promise<number> {
    return serverTime(this.connection);
  }

  /** Records the erasure of a user, due at once. May be repeated: the first call counts. */
  async begin(
    userId: string,
    by: ErasedBy | undefined,
    customer?: { readonly slot: string; readonly ownerId: string },
  ): Promise<void> {
    const now = new Date(await this.now());
    const record = {
      requestedAt: now,
      nextPassAt: now,
      ...(by === undefined ? {} : { by }),
      ...customer,
      ...(customer?.slot === userId ? { successor: successorOf(userId) } : {}),
    };
    await this.erasures.updateOne({ _id: userId }, { $setOnInsert: record }, { upsert: true, ...DURABLE });
  }

  /** Gives the customer a new user id, so that new requests have no connection to erased ones. */
  async succeed(userId: string, slot: string): Promise<void> {
    const successor = successorOf(userId);
    await this.erasures.updateOne({ _id: slot, successor: userId }, { $set: { successor } }, DURABLE);
  }

  /** Notes that this user is no longer let in. The first call counts. @returns since when, ms since 1970 */
  async closed(userId: string): Promise<number> {
    const change = [{ $set: { closedAt: { $ifNull: ['$closedAt', '$$NOW'] } } }];
    const options = { returnDocument: 'after', updatePipeline: true, ...DURABLE } as const;
    const erasure = await this.erasures.findOneAndUpdate({ _id: userId }, change, options).lean<Erasure>();
    if (!erasure?.closedAt) throw new Error('the erasure is not on record');
    return erasure.closedAt.getTime();
  }

  async find(userId: string): Promise<Erasure | undefined> {
    return (await this.erasures.findById(userId).lean<Erasure>()) ?? undefined;
  }

  /** The erasures of one customer: those that are not finished, otherwise the latest. */
  async ofSlot(slot: string): Promise<Erasure[]> {
    const open = await this.erasures.find({ slot, erasedAt: { $exists: false } }).lean<Erasure[]>();
    if (open.length > 0) return open;
    return this.erasures.find({ slot }).sort({ requestedAt: -1 }).limit(1).lean<Erasure[]>();
  }

  /** The user ids of some customers of an account whose erasure is not finished. */
  async openOf(ownerId: string, limit: number): Promise<string[]> {
    const filter = { ownerId, erasedAt: { $exists: false } };
    const open = await this.erasures.find(filter, { _id: 1 }).limit(limit).lean<Erasure[]>();
    return open.map(({ _id }) => _id);
  }

  /**
   * Takes an erasure whose next pass is due.
   * @param leaseMs after which another process may take it
   */
  async takeDue(leaseMs: number): Promise<Erasure | undefined> {
    const now = await this.now();
    const taken = await this.erasures
      .findOneAndUpdate(
        { nextPassAt: { $lte: new Date(now) } },
        { $set: { nextPassAt: new Date(now + leaseMs) } },
        { sort: { nextPassAt: 1 } },
      )
      .lean<Erasure>();
    return taken ?? undefined;
  }

  /**
   * @param nextPassAt ms since 1970; undefined if no pass is due @param isErased whether nothing is left of the user
   */
  async passed(userId: string, nextPassAt: number | undefined, isErased: boolean): Promise<void> {
    if (isErased) {
      const erasedAt = new Date(await this.now());
      await this.erasures.updateOne({ _id: userId, erasedAt: { $exists: false } }, { $set: { erasedAt } });
    }
    const next =
      nextPassAt === undefined
        ? { $unset: { nextPassAt: '' as const } }
        : { $set: { nextPassAt: new Date(nextPassAt) } };
    await this.erasures.updateOne({ _id: userId }, next, DURABLE);
  }

  /** Takes over unfinished erasures of an older version of this service. */
  async adoptOld(): Promise<void> {
    const old = this.connection.collection<{ _id: string }>(OLD_COLLECTION);
    for (const { _id } of await old.find().toArray()) {
      await this.begin(_id, undefined);
      await old.deleteOne({ _id });
    }
  }
}
