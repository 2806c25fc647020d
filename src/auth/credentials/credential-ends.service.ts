import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { ApiKey } from './api-key.schema';
import { Session } from './session.schema';

/** Ends the credentials of an account, at once and on every process: each call looks whether they stand. */
@Injectable()
export class CredentialEnds {
  constructor(
    @InjectModel(Session.name) private readonly sessions: Model<Session>,
    @InjectModel(ApiKey.name) private readonly keys: Model<ApiKey>,
  ) {}

  /** To be called after, not before, what it is called for (a removed account). @returns how many sessions there were; portal links that they have made end with them */
  async sessionsOf(userId: string): Promise<number> {
    return (await this.sessions.deleteMany({ userId })).deletedCount;
  }

  /** @returns how many API keys there were; portal links that they have made end with them */
  async keysOf(userId: string): Promise<number> {
    return (await this.keys.deleteMany({ userId })).deletedCount;
  }
}
