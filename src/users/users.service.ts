import { Injectable, OnModuleInit } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../common/time/clock';
import { Problem } from '../common/errors/problem';
import { isDuplicateKey } from '../stores/mongo/driver-errors';
import { canonicalEmail, trimmedEmail } from './email';
import { User, UserRole } from './user.schema';

export interface NewUser {
  readonly email: string;
  readonly passwordHash: string;
  readonly name?: string | undefined;
}

/** The accounts. */
@Injectable()
export class UsersService implements OnModuleInit {
  constructor(
    @InjectModel(User.name) private readonly users: Model<User>,
    private readonly clock: Clock,
  ) {}

  /**
   * Creates the unique index before the first registration: without it two processes could create two accounts.
   */
  async onModuleInit(): Promise<void> {
    await this.users.init();
  }

  /** @throws Problem email_taken */
  async create({ email, passwordHash, name }: NewUser): Promise<User> {
    const user: User = {
      _id: uuidv7(),
      email: trimmedEmail(email),
      emailKey: canonicalEmail(email),
      passwordHash,
      ...(name === undefined ? {} : { name }),
      role: 'user',
      createdAt: new Date(this.clock.wall()),
    };
    try {
      await this.users.create(user);
    } catch (error) {
      if (isDuplicateKey(error)) throw emailTaken();
      throw error;
    }
    return user;
  }

  /** Whether an account has this address, in any letter case. Only `create` decides for certain. */
  async isTaken(email: string): Promise<boolean> {
    return (await this.users.exists({ emailKey: canonicalEmail(email) })) !== null;
  }

  /** The account with this address, in any letter case. */
  async findByEmail(email: string): Promise<User | null> {
    return this.users.findOne({ emailKey: canonicalEmail(email) }).lean<User>();
  }

  async findById(id: string): Promise<User | null> {
    return this.users.findById(id).lean<User>();
  }

  /** Whether the account still exists with the password that was verified. */
  async stillHas({ _id, passwordHash }: User): Promise<boolean> {
    return (await this.users.exists({ _id, passwordHash })) !== null;
  }

  /** The account with its new name, or without one; null if there is no such account. */
  async rename(_id: string, name: string | null): Promise<User | null> {
    const change = name === null ? { $unset: { name: '' } } : { $set: { name } };
    return this.users.findOneAndUpdate({ _id }, change, { returnDocument: 'after' }).lean<User>();
  }

  /** Replaces a verified password. @returns whether it was still the current one */
  async replacePassword({ _id, passwordHash: verified }: User, passwordHash: string): Promise<boolean> {
    const { matchedCount } = await this.users.updateOne(
      { _id, passwordHash: verified },
      { $set: { passwordHash } },
    );
    return matchedCount === 1;
  }

  /** Gives the account with this address a role. @returns its user id; undefined if there is none */
  async setRole(email: string, role: UserRole): Promise<string | undefined> {
    const filter = { emailKey: canonicalEmail(email) };
    return (await this.users.findOneAndUpdate(filter, { $set: { role } }).lean<User>())?._id;
  }

  /** Locks the account with this address, or unlocks it. @returns its user id; undefined if there is none */
  async setLock(email: string, isLocked: boolean): Promise<string | undefined> {
    const filter = { emailKey: canonicalEmail(email) };
    const change = isLocked
      ? { $set: { lockedAt: new Date(this.clock.wall()) } }
      : { $unset: { lockedAt: '' } };
    return (await this.users.findOneAndUpdate(filter, change).lean<User>())?._id;
  }

  /** Removes the account: from now on no credential is valid for this user. */
  async remove(_id: string): Promise<void> {
    await this.users.deleteOne({ _id });
  }
}

export const emailTaken = (): Problem => new Problem('email_taken', 'An account with this email exists.');
