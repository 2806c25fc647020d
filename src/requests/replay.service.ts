import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import { Model } from 'mongoose';
import { Problem } from '../common/errors/problem';
import type { Permit } from '../queue/permit';
import { UserQueues } from '../queue/user-queues.service';
import { Accepted, acceptedOf, AcceptInput } from './accept-input';
import { Journal } from './record/journal.service';
import type { RequestDocument } from './record/request-document';
import { latestByKey } from './record/request-states';
import { RequestRecord, requestsOf } from './record/request.schema';

/** `free`: no request has the key. `changed`: one had it, and is not what it was any more; look again. */
export type Replay = Accepted | 'free' | 'changed';

/** Answers a second call with an Idempotency-Key as the first one was, or would have been, answered. */
@Injectable()
export class ReplayService {
  private readonly requests: Collection<RequestDocument>;

  constructor(
    private readonly queues: UserQueues,
    private readonly journal: Journal,
    @InjectModel(RequestRecord.name) model: Model<RequestRecord>,
  ) {
    this.requests = requestsOf(model);
  }

  /**
   * @throws Problem idempotency_key_reused if the key came with another body, unavailable
   */
  async replay(permit: Permit, { userId, idempotency }: AcceptInput): Promise<Replay> {
    if (!idempotency) return 'free';
    const document = await latestByKey(this.requests, userId, idempotency.key);
    if (!document) return 'free';
    if (document.bodyHash !== idempotency.bodyHash)
      throw new Problem('idempotency_key_reused', 'A request with this Idempotency-Key has another body.');
    if (document.pending && !(await this.promised(permit, document))) return 'changed';
    return acceptedOf(document, true);
  }

  /**
   * Makes a pending request one that may be answered for, though the first call may have failed or be under way:
   * it is confirmed, and from then on nobody may abandon it. One that Redis does not know was never acknowledged,
   * unless it has a token: it is abandoned, and its key is free. (P3)
   */
  private async promised(permit: Permit, { _id: requestId, userId, seq }: RequestDocument): Promise<boolean> {
    const place = await this.queues.confirm(permit, { userId, requestId, seq, keep: true });
    if (place === 'gone') {
      await this.journal.abandon(requestId);
      return false;
    }
    if (!(await this.journal.protect(requestId))) return false;
    if (!permit.isValid())
      throw new Problem('unavailable', 'The queue is being restored.', { retryAfterSeconds: 1 });
    return true;
  }
}
