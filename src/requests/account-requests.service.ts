import { Injectable, OnModuleInit } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import { Model } from 'mongoose';
import { AccountData, AccountDataParts } from '../users/account-data';
import { CancelService } from './cancel.service';
import { ControlService } from './control/control.service';
import { Halts } from './control/halts.service';
import { PurgeService } from './control/purge.service';
import { QueueRecords } from './record/queue-records.service';
import type { RequestDocument } from './record/request-document';
import { removeAll } from './record/removal';
import { RequestRecord, requestsOf } from './record/request.schema';

/**
 * Ends the requests of a user whose account has ended.
 *
 * `what waits is cancelled -> what runs is aborted -> nothing is pending -> records, settings and a halt are removed`
 */
@Injectable()
export class AccountRequests implements AccountData, OnModuleInit {
  private readonly requests: Collection<RequestDocument>;

  constructor(
    @InjectModel(RequestRecord.name) model: Model<RequestRecord>,
    private readonly parts: AccountDataParts,
    private readonly purges: PurgeService,
    private readonly cancelling: CancelService,
    private readonly control: ControlService,
    private readonly queues: QueueRecords,
    private readonly halts: Halts,
  ) {
    this.requests = requestsOf(model);
  }

  onModuleInit(): void {
    this.parts.add(this);
  }

  /** An attempt that is being aborted finds its request decided, and gone. */
  async endAccount(userId: string): Promise<void> {
    await this.purges.purge(userId);
    const running = await this.requests.find({ userId, pending: true }, { projection: { _id: 1 } }).toArray();
    for (const { _id } of running) await this.cancelling.cancel(userId, _id);
    if ((await this.queues.find(userId)) !== undefined) {
      await this.control.change(userId, { paused: false, onFailure: 'continue', rate: null, maxDepth: null });
      await this.queues.remove(userId);
    }
    await this.halts.liftAll(userId);
    // What was abandoned goes by itself: until then it refuses an insert that comes late. (P3)
    const accepted = { userId, status: { $ne: 'abandoned' } } as const;
    await removeAll(this.requests, { ...accepted, pending: { $exists: false } });
    if (await this.requests.findOne(accepted, { projection: { _id: 1 } }))
      throw new Error('requests of the user are still coming in, or ending');
  }
}
