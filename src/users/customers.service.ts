import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Clock } from '../common/clock';
import { CoalescedFind } from '../common/mongo/coalesced-find';
import { Customer } from './customer.schema';
import { isDuplicateKey } from '../common/mongo/duplicate-key';

/**
 * The user id of an account's customer: the same from every process, of no other account's customer, and in the
 * letters that queues are named in. Accounts' ids are UUIDs, so none is like it.
 */
export const userIdOf = (ownerId: string, customerId: string): string =>
  `c_${createHash('sha256').update(`${ownerId}\n${customerId}`).digest('base64url')}`;

/** The customers for whom accounts enqueue. */
@Injectable()
export class CustomersService {
  private readonly known: CoalescedFind<Pick<Customer, '_id'>>;

  constructor(
    @InjectModel(Customer.name) private readonly customers: Model<Customer>,
    private readonly clock: Clock,
  ) {
    this.known = new CoalescedFind(customers.collection, []);
  }

  /** Makes the customer, unless there is one. */
  async ensure(ownerId: string, customerId: string): Promise<void> {
    const _id = userIdOf(ownerId, customerId);
    if ((await this.known.find(_id)) !== undefined) return;
    try {
      await this.customers.create({ _id, ownerId, customerId, createdAt: new Date(this.clock.wall()) });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error; // another call was first
    }
  }

  /** The user ids of some of an account's customers, `limit` at most. */
  async someOf(ownerId: string, limit: number): Promise<string[]> {
    const found = await this.customers.find({ ownerId }, { _id: 1 }).limit(limit).lean<Customer[]>();
    return found.map(({ _id }) => _id);
  }

  async remove(userId: string): Promise<void> {
    await this.customers.deleteOne({ _id: userId });
  }
}
