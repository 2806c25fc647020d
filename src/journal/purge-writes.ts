import { Injectable } from '@nestjs/common';
import type { Collection, Filter } from 'mongodb';
import type { RequestDocument } from './request-document';
import { DECIDING, DURABLE, InjectRequests, PENDING_INDEX } from './request.schema';

/** Selects the pending requests of a user that a purge cancels. */
export interface PurgeScope {
  /** New for every purge: it marks the requests that this purge cancelled. */
  readonly purgeId: string;
  readonly userId: string;
  readonly shard: number;
  /** Excluded, because it is running. */
  readonly exceptId?: string | undefined;
  /** Excludes requests started since: their tokens are higher. */
  readonly lastToken: number;
  /**
   * Requests up to this seq are looked up before they run; later ones are cancelled only by id. Absent: nothing runs.
   */
  readonly lastSeq?: number;
  /** Excludes requests accepted later, ms by the shard's time; absent: no limit. */
  readonly acceptedUntil?: number;
  /** ms by the shard's time */
  readonly cancelledAt: number;
}

export type Purged = Pick<RequestDocument, '_id' | 'type'>;

const CHUNK = 500;

/** Cancels everything that waits in a queue. This write decides; Redis follows. */
@Injectable()
export class PurgeWrites {
  constructor(@InjectRequests() private readonly requests: Collection<RequestDocument>) {}

  /**
   * Cancels the purge's requests in chunks, in the order of seq. If it rejects, some may be cancelled that were not
   * reported: their jobs are looked up before they run. May be repeated with the same scope.
   */
  async *cancelWaiting(scope: PurgeScope): AsyncIterable<Purged[]> {
    const { lastSeq } = scope;
    const ofOrder = lastSeq === undefined ? {} : { seq: { $lte: lastSeq } };
    const filter = { $and: [meantBy(scope), ofOrder] };
    for (;;) {
      const meant = await this.requests
        .find(filter, { projection: { _id: 1 }, ...DECIDING })
        .sort(PENDING_INDEX)
        .hint(PENDING_INDEX)
        .limit(CHUNK)
        .toArray();
      if (meant.length === 0) return;
      const ids = meant.map(({ _id }) => _id);
      yield await this.cancelThese(scope, ids);
    }
  }

  /** Those of these requests that the purge covers beyond its last seq: they are scheduled for later. */
  async scheduledOf(scope: PurgeScope, requestIds: readonly string[]): Promise<string[]> {
    const filter = { $and: [meantBy(scope), { _id: { $in: [...requestIds] }, runAt: { $exists: true } }] };
    const found = await this.requests.find(filter, { projection: { _id: 1 }, ...DECIDING }).toArray();
    return found.map(({ _id }) => _id);
  }

  /** Cancels those of these requests that the purge covers. Each must be looked up before it runs. (P1) */
  async cancelThese(scope: PurgeScope, requestIds: readonly string[]): Promise<Purged[]> {
    const { purgeId, cancelledAt } = scope;
    const _id = { $in: [...requestIds] };
    await this.requests.updateMany(
      { $and: [{ _id }, meantBy(scope)] },
      {
        $set: { status: 'cancelled', finishedAt: new Date(cancelledAt), purge: purgeId },
        $unset: { pending: '', notBefore: '' },
      },
      DURABLE,
    );
    return this.requests.find({ _id, purge: purgeId }, { projection: { type: 1 }, ...DECIDING }).toArray();
  }

  /** Those of these requests that are cancelled, for any reason. */
  async cancelledOf(requestIds: readonly string[]): Promise<string[]> {
    const cancelled = { _id: { $in: [...requestIds] }, status: 'cancelled' } as const;
    const found = await this.requests.find(cancelled, { projection: { _id: 1 }, ...DECIDING }).toArray();
    return found.map(({ _id }) => _id);
  }

  /** The requests behind a failed one have been cancelled. */
  async restIsCancelled(requestId: string): Promise<void> {
    await this.requests.updateOne({ _id: requestId }, { $unset: { cancelsRest: '' } }, DURABLE);
  }

  /** The failed requests of a shard whose waiting successors must still be cancelled. */
  async cancellingRest(shard: number): Promise<RequestDocument[]> {
    return this.requests.find({ shard, cancelsRest: true }, DECIDING).hint('cancelsRest').toArray();
  }
}

function meantBy(scope: PurgeScope): Filter<RequestDocument> {
  const { userId, shard, exceptId, lastToken, acceptedUntil } = scope;
  return {
    shard,
    userId,
    pending: true,
    token: { $lte: lastToken },
    ...(acceptedUntil === undefined ? {} : { createdAt: { $lte: new Date(acceptedUntil) } }),
    ...(exceptId === undefined ? {} : { _id: { $ne: exceptId } }),
  };
}
