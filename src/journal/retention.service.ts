import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Collection, Filter } from 'mongodb';
import { Connection } from 'mongoose';
import type { RequestDocument } from './request-document';
import { serverTime } from '../stores/mongo/server-time';
import { removeAll } from './removal';
import { InjectRequests } from './request.schema';

/** Removes what has been kept long enough. The maintenance calls it once in the cluster. */
@Injectable()
export class RetentionService {
  constructor(
    @InjectRequests() private readonly requests: Collection<RequestDocument>,
    @InjectConnection() private readonly connection: Connection,
  ) {}

  /**
   * Removes requests that ended that long ago by MongoDB's clock: a process with a wrong clock must not remove recent
   * requests.
   * @param ageMs minimum age @returns how many were removed
   */
  async removeOlder(ageMs: number): Promise<number> {
    return this.removeEnded(new Date((await serverTime(this.connection)) - ageMs));
  }

  /**
   * Removes the requests that ended before a given time. It never touches pending requests, nor those that halt their
   * queue or must still cancel the rest of it. (P3) Ids are UUIDv7, so the scan follows the index of ids and stops at
   * requests accepted since then.
   * @returns how many were removed
   */
  removeEnded(before: Date): Promise<number> {
    return removeAll(this.requests, { _id: { $lt: firstIdAt(before) }, ...removable(before) }, '_id');
  }
}

/** It has ended, does not halt a queue, has nothing left to cancel behind it, and has no pending callback. */
const removable = (before: Date): Filter<RequestDocument> => ({
  pending: { $exists: false },
  halts: { $exists: false },
  cancelsRest: { $exists: false },
  finishedAt: { $lt: before },
  $or: [{ callbackUrl: { $exists: false } }, { 'callback.outcome': { $exists: true } }],
});

/** The lowest UUIDv7 of a millisecond: its first 48 bits are the time. */
function firstIdAt(moment: Date): string {
  const hex = Math.max(0, moment.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7000-8000-000000000000`;
}
