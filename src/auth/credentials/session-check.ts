import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { CoalescedFind } from '../../stores/mongo/coalesced-find';
import { Session } from './session.schema';

/** Whether sessions still stand: one that has ended is refused at once, by every process. */
@Injectable()
export class SessionCheck {
  private readonly sessions: CoalescedFind<Pick<Session, '_id' | 'userId'>>;

  constructor(@InjectModel(Session.name) sessions: Model<Session>) {
    this.sessions = new CoalescedFind(sessions.collection, ['userId']);
  }

  /** The id of the session's user; undefined once it has ended. */
  async userOf(sessionId: string): Promise<string | undefined> {
    return (await this.sessions.find(sessionId))?.userId;
  }
}
