import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Coalescer } from '../../common/coalescer';
import { SECOND_MS } from '../../common/time';
import { Session } from './session.schema';

/** Of a MongoDB that takes calls and answers nothing: those that wait behind the read are told by then. */
const READ_TIMEOUT_MS = 3 * SECOND_MS;

interface SessionOwner {
  readonly _id: string;
  readonly userId: string;
}

/**
 * Whether sessions still stand, asked in every authenticated request. One read at a time serves all requests that
 * came before it began; none joins a read that has begun, so an ended session is refused at once, everywhere.
 */
@Injectable()
export class SessionCheck {
  private readonly reads = new Coalescer<string, string | undefined>({
    maxBatch: 500,
    maxInFlight: 1,
    run: (ids) => this.read(ids),
  });

  constructor(@InjectModel(Session.name) private readonly sessions: Model<Session>) {}

  /** The id of the session's user; undefined once it has ended. */
  async userOf(sessionId: string): Promise<string | undefined> {
    return this.reads.push(sessionId);
  }

  private async read(ids: readonly string[]): Promise<(string | undefined)[]> {
    const found = await this.sessions.collection
      .find<SessionOwner>(
        { _id: { $in: [...new Set(ids)] } as never },
        {
          projection: { userId: 1 },
          readPreference: 'primary',
          signal: AbortSignal.timeout(READ_TIMEOUT_MS),
        },
      )
      .toArray();
    const owners = new Map(found.map(({ _id, userId }) => [_id, userId]));
    return ids.map((id) => owners.get(id));
  }
}
