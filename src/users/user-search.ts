import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { escapeRegex } from '../common/lists/escape-regex';
import { NEWEST_FIRST, newestFirst, Page } from '../common/lists/newest-first';
import type { PageQueryDto } from '../common/lists/page-query.dto';
import { timedRead } from '../stores/mongo/timed-read';
import { Customer } from './customer.schema';
import { canonicalEmail } from './email';
import { User } from './user.schema';

/** All users with a queue: the accounts and their customers. */
@Injectable()
export class UserSearch {
  constructor(
    @InjectModel(User.name) private readonly users: Model<User>,
    @InjectModel(Customer.name) private readonly customers: Model<Customer>,
  ) {}

  /**
   * Newest first.
   * @param text the whole id, or the start of the email or of the account's ID of a customer; undefined for all users
   * @throws Problem invalid_cursor, unavailable if the search takes too long
   */
  async find(text: string | undefined, page: PageQueryDto): Promise<Page<User | Customer>> {
    const accounts = text === undefined ? {} : anyOf(text, { emailKey: beginsWith(canonicalEmail(text)) });
    const customers = text === undefined ? {} : anyOf(text, { customerId: beginsWith(text) });
    return newestFirst<User | Customer>(
      [
        (filter, limit) => this.read<User>(this.users, [accounts, filter], limit),
        (filter, limit) => this.read<Customer>(this.customers, [customers, filter], limit),
      ],
      page,
    );
  }

  /** Whether an account or customer with this id exists. */
  async has(_id: string): Promise<boolean> {
    const [user, customer] = await Promise.all([this.users.exists({ _id }), this.customers.exists({ _id })]);
    return user !== null || customer !== null;
  }

  /** The accounts and customers with these ids, by id. Erased ones are missing. */
  async byIds(ids: readonly string[]): Promise<Map<string, User | Customer>> {
    const filter = { _id: { $in: [...ids] } };
    const [accounts, customers] = await Promise.all([
      this.users.find(filter).lean<User[]>(),
      this.customers.find(filter).lean<Customer[]>(),
    ]);
    return new Map([...accounts, ...customers].map((each) => [each._id, each]));
  }

  /** The accounts to which the customers among these users belong, by id. Erased ones are missing. */
  async ownersOf(users: readonly (User | Customer)[]): Promise<Map<string, User>> {
    const ids = users.flatMap((user) => ('ownerId' in user ? [user.ownerId] : []));
    const owners = await this.users.find({ _id: { $in: [...new Set(ids)] } }).lean<User[]>();
    return new Map(owners.map((owner) => [owner._id, owner]));
  }

  /** The numbers of both. */
  async count(): Promise<{ readonly accounts: number; readonly customers: number }> {
    const [accounts, customers] = await Promise.all([
      this.users.estimatedDocumentCount(),
      this.customers.estimatedDocumentCount(),
    ]);
    return { accounts, customers };
  }

  private async read<T extends User | Customer>(model: Model<T>, filters: object[], limit: number) {
    const query = model.find({ $and: filters }).sort(NEWEST_FIRST).limit(limit);
    return timedRead(({ maxTimeMS }) => query.maxTimeMS(maxTimeMS).lean<T[]>().exec());
  }
}

const anyOf = (id: string, begins: object) => ({ $or: [{ _id: id }, begins] });

/** Anchored and in one letter case, so that an index can answer it. */
const beginsWith = (text: string) => new RegExp(`^${escapeRegex(text)}`);
