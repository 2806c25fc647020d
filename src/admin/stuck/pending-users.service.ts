import { Injectable } from '@nestjs/common';
import type { Collection } from 'mongodb';
import { SECOND_MS } from '../../common/time/units';
import type { RequestDocument } from '../../journal/request-document';
import { InjectRequests, PENDING_INDEX } from '../../journal/request.schema';

/** Time limit of MongoDB for one read of what an operator looks at. */
export const LOOK_TIME_MS = 2 * SECOND_MS;
/** Most pending requests of a shard that are read to name its users. */
const LOOKED_AT = 1_000;

/** A user with pending requests, and the first of these. */
export interface PendingUser {
  readonly userId: string;
  readonly headId: string;
  readonly headSince: Date;
}

/** Finds users with pending requests in MongoDB, for shards that are closed. Each read is bounded. */
@Injectable()
export class PendingUsers {
  constructor(@InjectRequests() private readonly requests: Collection<RequestDocument>) {}

  /** Some users of a shard with pending requests. @throws when out of time */
  async ofShard(shard: number, most: number): Promise<PendingUser[]> {
    const cursor = this.requests
      .find(
        { shard, pending: true },
        { projection: { userId: 1, createdAt: 1 }, hint: PENDING_INDEX, maxTimeMS: LOOK_TIME_MS },
      )
      .sort(PENDING_INDEX)
      .limit(LOOKED_AT);
    const users = new Map<string, PendingUser>();
    for await (const { _id: headId, userId, createdAt: headSince } of cursor) {
      if (!users.has(userId)) users.set(userId, { userId, headId, headSince });
      if (users.size === most) break;
    }
    return [...users.values()];
  }
}
