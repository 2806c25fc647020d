import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, Filter } from 'mongodb';
import { Model } from 'mongoose';
import type { RequestDocument } from './request-document';
import { DECIDING, DURABLE, PENDING_INDEX, RequestRecord, requestsOf } from './request.schema';

/** Which of a user's pending requests a purge means. */
export interface PurgeScope {
  /** Fresh for every purge: what bears it was cancelled by it. */
  readonly purgeId: string;
  readonly userId: string;
  readonly shard: number;
  /** Not this one: it is running. */
  readonly exceptId?: string | undefined;
  /** Not those started since: their tokens are higher. */
  readonly lastToken: number;
  /** Not those accepted since, ms by the shard's time; */
  readonly acceptedUntil: number;
  /** but these, whenever that was: the server's clock may have been set back. */
  readonly marked?: { readonly lastSeq: number; readonly acceptedUntil: number };
}

export type Purged = Pick<RequestDocument, '_id' | 'type'>;

const CHUNK = 500;

/** Ends all that waits in a queue: the write that decides, for Redis to follow. */
@Injectable()
export class PurgeWrites {
  private readonly requests: Collection<RequestDocument>;

  constructor(@InjectModel(RequestRecord.name) model: Model<RequestRecord>) {
    this.requests = requestsOf(model);
  }

  /**
   * Cancels in chunks what the purge means, in the order of seq. A rejection leaves some cancelled that were not told
   * of: their jobs are looked up before they run. May be repeated with the same scope.
   */
  async *cancelWaiting(scope: PurgeScope): AsyncIterable<Purged[]> {
    const { purgeId, acceptedUntil } = scope;
    for (;;) {
      const meant = await this.requests
        .find(meantBy(scope), { projection: { _id: 1 }, ...DECIDING })
        .sort(PENDING_INDEX)
        .hint(PENDING_INDEX)
        .limit(CHUNK)
        .toArray();
      if (meant.length === 0) return;
      const ids = { $in: meant.map(({ _id }) => _id) };
      await this.requests.updateMany(
        { $and: [{ _id: ids }, meantBy(scope)] },
        {
          $set: { status: 'cancelled', finishedAt: new Date(acceptedUntil), purge: purgeId },
          $unset: { pending: '', notBefore: '' },
        },
        DURABLE,
      );
      yield await this.requests
        .find({ _id: ids, purge: purgeId }, { projection: { type: 1 }, ...DECIDING })
        .toArray();
    }
  }

  /** Those of these requests that are cancelled, by whatever. */
  async cancelledOf(requestIds: readonly string[]): Promise<string[]> {
    const cancelled = { _id: { $in: [...requestIds] }, status: 'cancelled' } as const;
    const found = await this.requests.find(cancelled, { projection: { _id: 1 }, ...DECIDING }).toArray();
    return found.map(({ _id }) => _id);
  }

  /** What waited behind a failed request has been cancelled. */
  async restIsCancelled(requestId: string): Promise<void> {
    await this.requests.updateOne({ _id: requestId }, { $unset: { cancelsRest: '' } }, DURABLE);
  }

  /** The failed requests of a shard, what waits behind which is still to be cancelled. */
  async cancellingRest(shard: number): Promise<RequestDocument[]> {
    return this.requests.find({ shard, cancelsRest: true }, DECIDING).hint('cancelsRest').toArray();
  }
}

function meantBy(scope: PurgeScope): Filter<RequestDocument> {
  const { userId, shard, exceptId, lastToken, acceptedUntil, marked } = scope;
  const by = (moment: number) => ({ createdAt: { $lte: new Date(moment) } });
  const isMarked = marked && { seq: { $lte: marked.lastSeq }, ...by(marked.acceptedUntil) };
  return {
    shard,
    userId,
    pending: true,
    token: { $lte: lastToken },
    $or: [by(acceptedUntil), ...(isMarked ? [isMarked] : [])],
    ...(exceptId === undefined ? {} : { _id: { $ne: exceptId } }),
  };
}
