import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { ApiKey } from './api-key.schema';
import { Session } from './session.schema';

/** Ends the credentials of an account in every process at once: each call checks its credential in the store. */
@Injectable()
export class CredentialEnds {
  constructor(
    @InjectModel(Session.name) private readonly sessions: Model<Session>,
    @InjectModel(ApiKey.name) private readonly keys: Model<ApiKey>,
  ) {}

  /**
   * Ends all sessions, and with them the portal links created in them. Call it after the change that requires it (such
   * as removing the account), not before.
   * @returns how many sessions there were
   */
  async sessionsOf(userId: string): Promise<number> {
    return (await this.sessions.deleteMany({ userId })).deletedCount;
  }

  /**
   * Ends all API keys, and with them the portal links created with them.
   * @returns how many keys there were
   */
  async keysOf(userId: string): Promise<number> {
    return (await this.keys.deleteMany({ userId })).deletedCount;
  }
}
