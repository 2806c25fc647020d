import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { EventLog } from '../../common/log/event-log';
import { ApiKey } from './api-key.schema';
import { Session } from './session.schema';

/** Ends the credentials of an account in every process at once: each call checks its credential in the store. */
@Injectable()
export class CredentialEnds {
  private readonly log = new EventLog(CredentialEnds.name);

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
   * @param address of the client who asks for it: each key is logged. Otherwise the caller logs why they end.
   * @returns how many keys there were
   */
  async keysOf(userId: string, address?: string): Promise<number> {
    const ended = await this.keys.distinct('_id', { userId });
    const { deletedCount } = await this.keys.deleteMany({ userId });
    if (address !== undefined)
      for (const credentialId of ended) this.log.write('key.ended', { userId, credentialId, address });
    return deletedCount;
  }
}
