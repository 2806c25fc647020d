import { Injectable } from '@nestjs/common';
import type { Collection } from 'mongodb';
import { Problem } from '../common/errors/problem';
import { Mending } from '../queue/mending.service';
import type { Permit } from '../queue/epochs/permit';
import { mustBeValid } from '../queue/shard-unavailable';
import { UserQueues } from '../queue/user-queues.service';
import { Accepted, acceptedOf, Repeatable } from './accept-input';
import { memberIds } from '../journal/batches';
import { Journal } from '../journal/journal.service';
import type { BatchMembership, RequestDocument } from '../journal/request-document';
import { latestByKey } from '../journal/request-states';
import { DECIDING, InjectRequests } from '../journal/request.schema';

/**
 * The fields of a batch member that its answer needs. A batch has 250 requests, and their payloads together may be
 * larger than one call should read.
 */
const MEMBER = {
  userId: 1,
  seq: 1,
  type: 1,
  firstAnswer: 1,
  createdAt: 1,
  pending: 1,
  token: 1,
} as const;
type Member = Pick<RequestDocument, '_id' | keyof typeof MEMBER>;

/** `free`: no request has the key. `changed`: the request with the key has changed meanwhile; read it again. */
export type Replay<T> = T | 'free' | 'changed';

/** Answers a repeated call with an Idempotency-Key as the first one was, or would have been, answered. */
@Injectable()
export class IdempotencyService {
  constructor(
    private readonly queues: UserQueues,
    private readonly journal: Journal,
    private readonly mending: Mending,
    @InjectRequests() private readonly requests: Collection<RequestDocument>,
  ) {}

  /** @throws Problem idempotency_key_reused if the key was used with another body, unavailable */
  async replay(permit: Permit, call: Repeatable): Promise<Replay<Accepted>> {
    const document = await this.byKey(call);
    if (!document) return 'free';
    if (document.pending && !(await this.promised(permit, document))) return 'changed';
    return acceptedOf(document, true);
  }

  /**
   * The same for a batch; its first member has the key.
   * @throws Problem idempotency_key_reused if the key was used with another body, unavailable
   */
  async replayBatch(permit: Permit, call: Repeatable): Promise<Replay<Accepted[]>> {
    const document = await this.byKey(call);
    if (!document?.batch) return 'free';
    const members = await this.members(document.batch);
    const pending = members.filter((member) => member.pending);
    // A member with a token was acknowledged or has run. A batch without any token that Redis does not know was never
    // acknowledged.
    const isAnswered = members.some(({ token }) => token > 0);
    // Nobody has counted the members yet: look up a member before it may run. (P3)
    if (!isAnswered)
      await Promise.all(pending.map(({ _id, userId }) => this.queues.markForLookUp(permit, userId, _id)));
    const places = await Promise.all(pending.map((member) => this.confirm(permit, member)));
    if (!isAnswered && places.includes('gone') && (await this.journal.batches.giveUp(document.batch)))
      return 'changed';
    if (isAnswered) {
      await this.journal.batches.protect(memberIds(document.batch));
      const lost = pending.filter((_, i) => places[i] === 'gone');
      await this.putBack(permit, lost);
    } else if ((await this.journal.batches.resolve(document.batch, document.userId)) === 'dead')
      return 'changed';
    mustBeValid(permit);
    return (isAnswered ? members : await this.members(document.batch)).map((member) =>
      acceptedOf(member, true),
    );
  }

  private async byKey({ userId, idempotency }: Repeatable): Promise<RequestDocument | undefined> {
    if (!idempotency) return undefined;
    const document = await latestByKey(this.requests, userId, idempotency.key);
    if (document && document.bodyHash !== idempotency.bodyHash)
      throw new Problem('idempotency_key_reused', 'A request with this Idempotency-Key has another body.');
    return document;
  }

  private members(batch: BatchMembership): Promise<Member[]> {
    return this.requests
      .find(
        { _id: { $in: memberIds(batch) }, status: { $ne: 'abandoned' } },
        { projection: MEMBER, ...DECIDING },
      )
      .sort({ _id: 1 })
      .toArray();
  }

  private confirm(permit: Permit, { _id: requestId, userId, seq }: Pick<Member, '_id' | 'userId' | 'seq'>) {
    return this.queues.confirm(permit, { userId, requestId, seq, accepted: true });
  }

  /**
   * Acknowledges a pending request, although its first call may have failed or be still running: confirms it, so that
   * nobody may abandon it any longer. If Redis does not know it, it was acknowledged and its job was lost, or its insert
   * came after a rebuild. It returns to its old place while nothing accepted later has started. (P3) Otherwise it is
   * abandoned, and its key is free: an old place would be the wrong one for a request that is only now acknowledged. (P2)
   */
  private async promised(permit: Permit, document: RequestDocument): Promise<boolean> {
    const isLost = (await this.confirm(permit, document)) === 'gone';
    if (isLost && (await this.isOvertaken(document)) && (await this.journal.abandon(document._id)))
      return false;
    if (!(await this.journal.protect(document._id))) return false;
    if (isLost) await this.putBack(permit, [document]);
    mustBeValid(permit);
    return true;
  }

  /** Whether a request of the user that was accepted later has started; the record of the running one may not show it. */
  private async isOvertaken({ userId, seq }: RequestDocument): Promise<boolean> {
    const { activeId = '' } = (await this.queues.snapshot(userId)) ?? {};
    const hasStarted = [{ startedAt: { $exists: true } }, { _id: activeId }];
    const later = { userId, seq: { $gt: seq }, $or: hasStarted };
    return (await this.requests.findOne(later, { projection: { _id: 1 }, ...DECIDING })) !== null;
  }

  /** Mends the queue of requests that Redis has lost; it does not know those that have just ended either. (P3) */
  private async putBack(permit: Permit, requests: readonly Member[]): Promise<void> {
    const lost = { _id: { $in: requests.map(({ _id }) => _id) }, pending: true } as const;
    const found = await this.requests.findOne(lost, { projection: { userId: 1 }, ...DECIDING });
    if (found) await this.mending.mend(permit.shard, found.userId, ['job']);
  }
}
