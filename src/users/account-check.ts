import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { CoalescedFind } from '../stores/mongo/coalesced-find';
import { User, UserRole } from './user.schema';

/** Whether accounts exist, and in which role, asked in every authenticated call. */
@Injectable()
export class AccountCheck {
  private readonly accounts: CoalescedFind<Pick<User, '_id' | 'role'>>;

  constructor(@InjectModel(User.name) users: Model<User>) {
    this.accounts = new CoalescedFind(users.collection, ['role']);
  }

  /** The role of an account; undefined once it has ended. */
  async roleOf(userId: string): Promise<UserRole | undefined> {
    return (await this.accounts.find(userId))?.role;
  }
}
