import { Injectable } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import type { Connection, Model } from 'mongoose';
import { serverTime } from '../stores/mongo/server-time';
import { successorOf } from './customers.service';
import { ErasedBy, Erasure } from './erasure.schema';

/** Of all writes: what is to be erased must not be forgotten with a server. */
const DURABLE = { writeConcern: { w: 'majority', j: true } } as const;

/** Where accounts' endings were on record before: what is left there is adopted. */
const OLD_COLLECTION = 'accountendings';

/** The erasures on record. All times are MongoDB's. */
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

  /** Gives the customer a new user id: what is enqueued from now on has no connection to what is erased. */
  async succeed(userId: string, slot: string): Promise<void> {
    const successor = successorOf(userId);
    await this.erasures.updateOne({ _id: slot, successor: userId }, { $set: { successor } }, DURABLE);
  }

  async find(userId: string): Promise<Erasure | undefined> {
    return (await this.erasures.findById(userId).lean<Erasure>()) ?? undefined;
  }

  /** Of one customer: those that are not finished, or else the latest. */
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

  /** @param nextPassAt ms since 1970; undefined: none is due @param isErased nothing is left of the user */
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

  /** Takes over what an older version of this service has left unfinished. */
  async adoptOld(): Promise<void> {
    const old = this.connection.collection<{ _id: string }>(OLD_COLLECTION);
    for (const { _id } of await old.find().toArray()) {
      await this.begin(_id, undefined);
      await old.deleteOne({ _id });
    }
  }
}
