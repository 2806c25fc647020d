import { Injectable, OnModuleInit } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../common/clock';
import { Problem } from '../common/errors/problem';
import { canonicalEmail, trimmedEmail } from './email';
import { User } from './user.schema';

export interface NewUser {
  readonly email: string;
  readonly passwordHash: string;
  readonly name?: string | undefined;
}

const DUPLICATE_KEY = 11000;

/** The accounts. */
@Injectable()
export class UsersService implements OnModuleInit {
  constructor(
    @InjectModel(User.name) private readonly users: Model<User>,
    private readonly clock: Clock,
  ) {}

  /** The unique index stands before the first registration: without it two processes could make two accounts. */
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

  /** Whether an account has this address, in any letter case. An answer for now only: `create` decides. */
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
}

export const emailTaken = (): Problem => new Problem('email_taken', 'An account with this email exists.');

const isDuplicateKey = (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === DUPLICATE_KEY;
