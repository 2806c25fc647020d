import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Clock } from '../../common/time/clock';
import { Problem } from '../../common/errors/problem';
import { NEWEST_FIRST, newestFirst, Page } from '../../common/lists/newest-first';
import type { PageQueryDto } from '../../common/lists/page-query.dto';
import { Session } from '../credentials/session.schema';

/** Lists and ends the sessions of one user. */
@Injectable()
export class OwnSessionsService {
  constructor(
    @InjectModel(Session.name) private readonly sessions: Model<Session>,
    private readonly clock: Clock,
  ) {}

  /** The valid sessions, newest first. @throws Problem invalid_cursor */
  async list(userId: string, query: PageQueryDto): Promise<Page<Session>> {
    const mine = { userId, expiresAt: { $gt: new Date(this.clock.wall()) } };
    const read = (filter: object, limit: number) =>
      this.sessions
        .find({ ...mine, ...filter })
        .sort(NEWEST_FIRST)
        .limit(limit)
        .lean<Session[]>();
    return newestFirst<Session>([read], query);
  }

  /** @throws Problem not_found */
  async end(userId: string, sessionId: string): Promise<void> {
    const { deletedCount } = await this.sessions.deleteOne({ _id: sessionId, userId });
    if (deletedCount === 0) throw new Problem('not_found', 'There is no session with this id.');
  }

  /** Ends all but one. */
  async endOthers(userId: string, sessionId: string): Promise<void> {
    await this.sessions.deleteMany({ userId, _id: { $ne: sessionId } });
  }
}
