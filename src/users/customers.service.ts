import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Clock } from '../common/time/clock';
import { CoalescedFind } from '../stores/mongo/coalesced-find';
import { Customer } from './customer.schema';
import { Erasure } from './erasure.schema';
import { isDuplicateKey } from '../stores/mongo/driver-errors';

/**
 * The first user id of an account's customer. Every process derives the same id, no two customers share one, and it has
 * only characters that queue names allow. Accounts have UUIDs, so it never equals one.
 */
export const userIdOf = (ownerId: string, customerId: string): string =>
  `c_${createHash('sha256').update(`${ownerId}\n${customerId}`).digest('base64url')}`;

/** The user id of a customer after the user with this id was erased. */
export const successorOf = (userId: string): string =>
  `c_${createHash('sha256').update(userId).digest('base64url')}`;

/** The customers for whom accounts enqueue. */
@Injectable()
export class CustomersService {
  private readonly known: CoalescedFind<Pick<Customer, '_id'>>;
  private readonly erased: CoalescedFind<Pick<Erasure, '_id' | 'successor'>>;

  constructor(
    @InjectModel(Customer.name) private readonly customers: Model<Customer>,
    @InjectModel(Erasure.name) erasures: Model<Erasure>,
    private readonly clock: Clock,
  ) {
    this.known = new CoalescedFind(customers.collection, []);
    this.erased = new CoalescedFind(erasures.collection, ['successor']);
  }

  /** The current user id of an account's customer: a new one after an erasure. */
  async idOf(ownerId: string, customerId: string): Promise<string> {
    const first = userIdOf(ownerId, customerId);
    return (await this.erased.find(first))?.successor ?? first;
  }

  /** Whether the customer with this user id is erased or being erased. */
  async isErased(userId: string): Promise<boolean> {
    return (await this.erased.find(userId)) !== undefined;
  }

  async find(userId: string): Promise<Customer | undefined> {
    return (await this.customers.findById(userId).lean<Customer>()) ?? undefined;
  }

  /** Creates the customer unless it exists. @param _id its user id, see `idOf` */
  async ensure(_id: string, ownerId: string, customerId: string): Promise<void> {
    if ((await this.known.find(_id)) !== undefined) return;
    try {
      await this.customers.create({ _id, ownerId, customerId, createdAt: new Date(this.clock.wall()) });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error; // another call was first
    }
  }

  /** Some of an account's customers, `limit` at most. */
  async someOf(ownerId: string, limit: number): Promise<Customer[]> {
    return this.customers.find({ ownerId }).limit(limit).lean<Customer[]>();
  }

  async remove(userId: string): Promise<void> {
    await this.customers.deleteOne({ _id: userId });
  }
}
