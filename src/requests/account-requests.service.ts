import { Injectable, OnModuleInit } from '@nestjs/common';
import type { Collection, Filter } from 'mongodb';
import { quietAfterMs } from '../config/durations';
import { AccountData, AccountDataParts } from '../users/account-data';
import { UserQueues } from '../queue/user-queues.service';
import { CancelService } from './cancel.service';
import { ControlService } from '../user-queue/control/control.service';
import { ProcessStore } from '../queue/epochs/process.store';
import { Halts } from '../user-queue/control/halts.service';
import { PurgeService } from '../user-queue/control/purge.service';
import { QueueRecords } from '../journal/queue-records.service';
import type { RequestDocument } from '../journal/request-document';
import { removeAll } from '../journal/removal';
import { DURABLE, InjectRequests } from '../journal/request.schema';
import { permitted } from '../queue/epochs/permit';

/** Most requests that are counted to report the progress of an erasure. */
const COUNTED = 10_000;

/** The user's data in an abandoned request. Its other fields stay, and refuse a late insert. (P3) */
const DATA_OF_ABANDONED = {
  payload: '',
  bodyHash: '',
  tags: '',
  callbackUrl: '',
  options: '',
  attempts: '',
} as const;

/**
 * Ends the requests of a user who is being erased.
 *
 * `stop callbacks -> cancel what waits -> abort what runs -> remove records, settings and the halt -> check that the
 * queue is empty -> remove events`
 */
@Injectable()
export class AccountRequests implements AccountData, OnModuleInit {
  constructor(
    @InjectRequests() private readonly requests: Collection<RequestDocument>,
    private readonly parts: AccountDataParts,
    private readonly purges: PurgeService,
    private readonly cancelling: CancelService,
    private readonly control: ControlService,
    private readonly queues: QueueRecords,
    private readonly halts: Halts,
    private readonly userQueues: UserQueues,
    private readonly processes: ProcessStore,
  ) {}

  onModuleInit(): void {
    this.parts.add(this);
  }

  /** An attempt that is being aborted finds that its request has ended, or is gone. */
  async endAccount(userId: string): Promise<void> {
    // With the shard, these read the pending requests only, however long the history is.
    const pending = { userId, pending: true, shard: this.userQueues.shardOf(userId) } as const;
    await this.forgetCallbacks(pending);
    await this.purges.purge(userId);
    const running = await this.requests.find(pending, { projection: { _id: 1 } }).toArray();
    for (const { _id } of running) await this.cancelling.cancel(userId, _id);
    const accepted = { userId, status: { $ne: 'abandoned' } } as const;
    const ended = { ...accepted, pending: { $exists: false } } as const;
    // In chunks, before all that reads the whole history: each pass makes progress.
    await removeAll(this.requests, { ...ended, halts: { $exists: false } }, 'seq');
    await this.forgetCallbacks({ userId });
    if ((await this.queues.find(userId)) !== undefined) {
      await this.control.change(userId, {
        paused: false,
        adminPause: null,
        onFailure: 'continue',
        rate: null,
        maxDepth: null,
      });
      await this.queues.remove(userId);
    }
    await this.halts.liftAll(userId);
    const abandoned = { userId, status: 'abandoned', payload: { $exists: true } } as const;
    await this.requests.updateMany(abandoned, { $unset: DATA_OF_ABANDONED }, DURABLE);
    // Abandoned requests are removed later: until then they refuse a late insert. (P3)
    await removeAll(this.requests, ended, 'seq');
    if (await this.requests.findOne(accepted, { projection: { _id: 1 } }))
      throw new Error('requests of the user are still coming in, or ending');
    await this.forget(userId);
  }

  async requestsLeft(userId: string): Promise<number> {
    return this.requests.countDocuments({ userId, status: { $ne: 'abandoned' } }, { limit: COUNTED });
  }

  /** Uses the settings of all processes: one with longer durations may be the one that still accepts. (P3) */
  async quietAfterMs(): Promise<number> {
    const processes = await this.processes.list();
    return Math.max(...processes.map(({ durations }) => quietAfterMs(durations)));
  }

  private async forgetCallbacks(of: Filter<RequestDocument>): Promise<void> {
    const called = { ...of, callbackUrl: { $exists: true } };
    await this.requests.updateMany(called, { $unset: { callbackUrl: '', callback: '' } }, DURABLE);
  }

  private async forget(userId: string): Promise<void> {
    await permitted(this.userQueues.permit(userId), async (permit) => {
      if (!(await this.userQueues.forget(permit, userId)))
        throw new Error('an attempt, or a place in the queue, has not ended yet');
    });
  }
}
