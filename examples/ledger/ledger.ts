import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Connection } from 'mongoose';

/** An account, and what keeps late and repeated entries out of it. */
export interface Account {
  /** The user's id. Fencing tokens grow per user, so whatever they guard must be one user's. */
  readonly _id: string;
  /** In cents; never negative. */
  readonly balance: number;
  /** How many entries it has. */
  readonly entries: number;
  /** The highest fencing token that has written here. */
  readonly token: number;
  /** The key of the latest entry. */
  readonly lastKey: string;
}

/** The key of an entry that is booked, with its user's id before it. */
interface BookedKey {
  readonly _id: string;
}

export interface Entry {
  readonly userId: string;
  readonly amount: number;
  /** The same for each repeat of an entry. */
  readonly key: string;
  readonly token: number;
}

export type Applied = { readonly kind: 'applied' | 'repeated'; readonly balance: number };

/**
 * The target: accounts in MongoDB, as an example of any store with conditional writes, such as
 * `UPDATE ... WHERE token <= ?`.
 */
@Injectable()
export class Ledger {
  private readonly accounts: Collection<Account>;
  private readonly booked: Collection<BookedKey>;

  constructor(@InjectConnection() connection: Connection) {
    this.accounts = connection.collection('ledgerAccounts');
    this.booked = connection.collection('ledgerBooked');
  }

  /** @returns `stale` if a newer attempt was here, `overdrawn` if the balance is too low */
  async apply({ userId, amount, key, token }: Entry): Promise<Applied | { kind: 'stale' | 'overdrawn' }> {
    const { lastKey = '' } = (await this.account(userId)) ?? {};
    // Keep the latest key before another one takes its place, so that every booked key is found.
    await this.booked.updateOne({ _id: `${userId} ${lastKey}` }, { $setOnInsert: {} }, { upsert: true });
    if (await this.isBooked(userId, key)) return this.whyNot({ userId, amount, key, token });
    // One write decides: nothing can happen between the check and the change.
    const account = await this.accounts.findOneAndUpdate(
      { _id: userId, token: { $lte: token }, lastKey, balance: { $gte: -amount } },
      { $inc: { balance: amount, entries: 1 }, $set: { token, lastKey: key } },
      { returnDocument: 'after' },
    );
    if (account) return { kind: 'applied', balance: account.balance };
    return this.whyNot({ userId, amount, key, token });
  }

  async account(userId: string): Promise<Account | undefined> {
    return (await this.accounts.findOne({ _id: userId })) ?? undefined;
  }

  private async isBooked(userId: string, key: string): Promise<boolean> {
    return (await this.booked.findOne({ _id: `${userId} ${key}` })) !== null;
  }

  private async whyNot(entry: Entry): Promise<Applied | { kind: 'stale' | 'overdrawn' }> {
    const { userId, amount, key, token } = entry;
    // From now on no older attempt succeeds, whatever this one's outcome is.
    const account = await this.accounts.findOneAndUpdate(
      { _id: userId },
      { $max: { token }, $setOnInsert: { balance: 0, entries: 0, lastKey: '' } },
      { upsert: true },
    );
    if (account && account.token > token) return { kind: 'stale' };
    if (account && (account.lastKey === key || (await this.isBooked(userId, key))))
      return { kind: 'repeated', balance: account.balance };
    if (account && account.balance + amount < 0) return { kind: 'overdrawn' };
    return this.apply(entry); // the account was opened, or changed, after the first try
  }
}
