import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { CoalescedFind } from '../stores/mongo/coalesced-find';
import { errorCodeOf, Problem } from '../common/errors/problem';
import { User, UserRole } from './user.schema';

/** Checks that accounts exist and are not locked, and returns their role, in every authenticated call. */
@Injectable()
export class AccountCheck {
  private readonly accounts: CoalescedFind<Pick<User, '_id' | 'role' | 'lockedAt'>>;

  constructor(@InjectModel(User.name) users: Model<User>) {
    this.accounts = new CoalescedFind(users.collection, ['role', 'lockedAt']);
  }

  /** The role of an account; undefined once it has ended. @throws Problem account_locked */
  async roleOf(userId: string): Promise<UserRole | undefined> {
    return roleOf(await this.accounts.find(userId));
  }
}

/** The role of a stored account. @throws Problem account_locked */
export function roleOf(account: Partial<Pick<User, 'role' | 'lockedAt'>> | undefined): UserRole | undefined {
  if (account?.lockedAt) throw accountLocked();
  return account?.role;
}

export const accountLocked = (): Problem =>
  new Problem('account_locked', 'An operator has locked this account. Ask them why. Its data is kept.');

export const isAccountLocked = (error: unknown): boolean => errorCodeOf(error) === 'account_locked';
