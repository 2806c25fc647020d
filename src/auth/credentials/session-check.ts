import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Coalescer } from '../../common/flow/coalescer';
import { ONE_AT_A_TIME, readOptions, withIds } from '../../stores/mongo/coalesced-find';
import { roleOf } from '../../users/account-check';
import { User, UserRole } from '../../users/user.schema';
import { Session } from './session.schema';

/** The session and the account in an access token. */
interface Named {
  readonly sessionId: string;
  readonly accountId: string;
}

/** A document of either collection. Their ids are UUIDs, so no two are the same. */
type Found = Pick<Session & User, '_id'> & Partial<Pick<Session & User, 'userId' | 'role' | 'lockedAt'>>;

type Standing = Record<'session' | 'account', Found | undefined>;

/**
 * Checks sessions and their accounts. Every process refuses an ended one at once. One read fetches both, for every call
 * that arrived before the read began (see CoalescedFind).
 */
@Injectable()
export class SessionCheck {
  private readonly reads = new Coalescer<Named, Standing>({
    ...ONE_AT_A_TIME,
    run: (named) => this.read(named),
  });

  constructor(
    @InjectModel(Session.name) private readonly sessions: Model<Session>,
    @InjectModel(User.name) private readonly users: Model<User>,
  ) {}

  /**
   * The role of the session's account. Undefined once either has ended, or if the session belongs to another account.
   * @throws Problem account_locked
   */
  async roleOf(sessionId: string, accountId: string): Promise<UserRole | undefined> {
    const { session, account } = await this.reads.push({ sessionId, accountId });
    return session?.userId === accountId ? roleOf(account) : undefined;
  }

  private async read(named: readonly Named[]): Promise<Standing[]> {
    const accounts = withIds(
      named.map(({ accountId }) => accountId),
      ['role', 'lockedAt'],
    );
    const documents = await this.sessions.collection
      .aggregate<Found>(
        [
          ...withIds(
            named.map(({ sessionId }) => sessionId),
            ['userId'],
          ),
          { $unionWith: { coll: this.users.collection.name, pipeline: accounts } },
        ],
        readOptions(),
      )
      .toArray();
    const found = new Map(documents.map((document) => [document._id, document]));
    return named.map(({ sessionId, accountId }) => ({
      session: found.get(sessionId),
      account: found.get(accountId),
    }));
  }
}
