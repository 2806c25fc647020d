import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Clock } from '../../common/time/clock';
import { HOUR_MS } from '../../common/time/units';
import { UsersService } from '../../users/users.service';
import { PasswordReset } from './password-reset.schema';

/** How long a link is valid. */
export const RESET_TOKEN_MS = HOUR_MS;
const TOKEN_BYTES = 32;

/** Links to set a new password. Each is valid for RESET_TOKEN_MS and for one use; a new one replaces the old one. */
@Injectable()
export class PasswordResetsService {
  constructor(
    @InjectModel(PasswordReset.name) private readonly resets: Model<PasswordReset>,
    private readonly users: UsersService,
    private readonly clock: Clock,
  ) {}

  /** Creates a link for the account with this address. Undefined if there is no such account. */
  async issue(email: string): Promise<{ readonly token: string; readonly userId: string } | undefined> {
    const user = await this.users.findByEmail(email);
    if (user === null) return undefined;
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const expiresAt = new Date(this.clock.wall() + RESET_TOKEN_MS);
    const link = { $set: { tokenHash: hashOf(token), expiresAt } };
    await this.resets.updateOne({ _id: user._id }, link, { upsert: true });
    return { token, userId: user._id };
  }

  /** The user of a valid token. Only `spend` decides whether it is still valid when used. */
  async userOf(token: string): Promise<string | undefined> {
    return (await this.resets.findOne(this.goodFor(token)).lean<PasswordReset>())?._id;
  }

  /** Uses up a token. @returns whether it was still valid: true for only one of several concurrent calls */
  async spend(token: string): Promise<boolean> {
    return (await this.resets.deleteOne(this.goodFor(token))).deletedCount === 1;
  }

  /** Removes the link of a user, if there is one. */
  async forget(userId: string): Promise<void> {
    await this.resets.deleteOne({ _id: userId });
  }

  private goodFor(token: string) {
    return { tokenHash: hashOf(token), expiresAt: { $gt: new Date(this.clock.wall()) } };
  }
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url');
