import { Injectable } from '@nestjs/common';
import type { Collection } from 'mongodb';
import { Clock } from '../common/time/clock';
import { FairPlaces } from '../common/flow/fair-places';
import { Problem } from '../common/errors/problem';
import { ShardUnavailable } from '../queue/shard-unavailable';
import { UserQueues } from '../queue/user-queues.service';
import type { BulkFilterDto } from './bulk.dto';
import { CancelService } from './cancel.service';
import { listFilter } from './list-filter';
import type { RequestDocument } from '../journal/request-document';
import { DECIDING, InjectRequests } from '../journal/request.schema';
import { isPending } from './request-status';
import { RetryService } from './retry.service';

/** Requests decided in one chunk: their calls travel together. */
const CHUNK = 32;

/** Chunks running at once in a process, each for another user. */
const MOST_CHUNKS = 2;

/**
 * Decides about several requests at once. Resolves when all decisions have ended, even if one fails: until then the user
 * has a bulk operation under way. `false`: nothing was changed.
 */
type Decide = (requestIds: readonly string[]) => Promise<PromiseSettledResult<boolean>[]>;

/**
 * One decision about all matching requests, in the order of seq. A preview only counts them. A user runs one bulk
 * operation at a time in each process, so that none counts the work of another; users take turns chunk by chunk. (P5)
 */
@Injectable()
export class BulkService {
  private readonly chunks = new FairPlaces({ parallel: MOST_CHUNKS, ofOne: 1, waitingOfOne: 1 });
  /** Users with a running bulk operation. */
  private readonly busy = new Set<string>();

  constructor(
    private readonly cancelling: CancelService,
    private readonly retries: RetryService,
    private readonly queues: UserQueues,
    private readonly clock: Clock,
    @InjectRequests() private readonly requests: Collection<RequestDocument>,
  ) {}

  /**
   * Cancels those that have not ended.
   * @returns how many @throws Problem rate_limited; unavailable: some may already be cancelled
   */
  async cancel(userId: string, filter: BulkFilterDto, preview = false): Promise<number> {
    return this.each(userId, filter, { pending: true }, preview, (ids) =>
      Promise.allSettled(ids.map((id) => this.cancelling.cancel(userId, id))),
    );
  }

  /**
   * Retries those that have failed. All requests of a chunk get their places before one of them may start, so that they
   * run in order. (P2)
   * @returns how many @throws Problem rate_limited; unavailable: some may already be in line
   */
  async retry(userId: string, filter: BulkFilterDto, preview = false): Promise<number> {
    return this.each(userId, filter, { status: 'failed' }, preview, (ids) =>
      this.retries.retryAll(userId, ids),
    );
  }

  /**
   * Dismisses those that have failed.
   * @returns how many @throws Problem rate_limited; unavailable: some may already be dismissed
   */
  async dismiss(userId: string, filter: BulkFilterDto, preview = false): Promise<number> {
    return this.each(userId, filter, { status: 'failed' }, preview, (ids) =>
      Promise.allSettled(ids.map((id) => this.retries.dismiss(userId, id))),
    );
  }

  private async each(
    userId: string,
    filter: BulkFilterDto,
    possible: { readonly pending: true } | { readonly status: 'failed' },
    preview: boolean,
    decide: Decide,
  ): Promise<number> {
    if (this.busy.has(userId))
      throw new Problem(
        'rate_limited',
        'Another bulk operation of this user is running. Wait until it ends.',
        {
          retryAfterSeconds: 1,
        },
      );
    this.busy.add(userId);
    try {
      return await this.eachInTurn(userId, filter, possible, preview, decide);
    } finally {
      this.busy.delete(userId);
    }
  }

  private async eachInTurn(
    userId: string,
    filter: BulkFilterDto,
    possible: { readonly pending: true } | { readonly status: 'failed' },
    preview: boolean,
    decide: Decide,
  ): Promise<number> {
    const queue = await this.queues.snapshot(userId); // its time is that of `createdAt`, not this process's
    // Otherwise the running request would match `queued`, and be cancelled.
    if (queue === undefined && filter.status?.some(isPending))
      throw new ShardUnavailable('The queue is being restored. Try again.');
    const now = queue?.now ?? this.clock.wall();
    const matching = listFilter(userId, filter, { activeId: queue?.activeId, now });
    // Requests accepted meanwhile are not included, otherwise the call might never end.
    const meant = { $and: [matching, possible, { createdAt: { $lte: new Date(now) } }] };
    if (preview) return this.requests.countDocuments(meant, DECIDING);
    const cursor = this.requests
      .find(meant, { projection: { _id: 1 }, ...DECIDING })
      .sort({ seq: 1 })
      .batchSize(CHUNK);
    let count = 0;
    let chunk: string[] = [];
    const decideAll = async () => {
      for (const outcome of await this.chunks.run(userId, () => decide(chunk)))
        if (outcome.status === 'fulfilled') count += outcome.value ? 1 : 0;
        else if (!isPassedOver(outcome.reason)) throw outcome.reason;
      chunk = [];
    };
    for await (const { _id } of cursor) if (chunk.push(_id) === CHUNK) await decideAll();
    if (chunk.length > 0) await decideAll();
    return count;
  }
}

/** It has ended meanwhile, or another call has decided about it. */
const isPassedOver = (error: unknown): boolean =>
  error instanceof Problem &&
  ['already_finished', 'not_failed', 'not_found', 'data_erased'].includes(error.code);
