import { Injectable } from '@nestjs/common';
import type { Collection, Filter } from 'mongodb';
import { Clock } from '../common/time/clock';
import { FairPlaces } from '../common/flow/fair-places';
import { inChunks } from '../common/flow/in-chunks';
import { errorCodeOf, Problem } from '../common/errors/problem';
import { RESTORING, ShardUnavailable } from '../queue/shard-unavailable';
import { UserQueues } from '../queue/user-queues.service';
import type { BulkFilterDto } from './bulk.dto';
import { CancelService } from './cancel.service';
import { listFilter } from './list-filter';
import type { RequestDocument } from '../journal/request-document';
import { DECIDING, InjectRequests } from '../journal/request.schema';
import { timedRead } from '../stores/mongo/timed-read';
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

interface Operation {
  /** Which requests the user has selected. */
  readonly filter: BulkFilterDto;
  /** To which requests it applies at all. */
  readonly applies: Filter<RequestDocument>;
  /** Whether it only counts them. */
  readonly preview: boolean;
  readonly decide: Decide;
}

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
   * @returns how many @throws Problem rate_limited; unavailable: some may already be cancelled, or a preview took too long
   */
  async cancel(userId: string, filter: BulkFilterDto, preview = false): Promise<number> {
    return this.run(userId, {
      filter,
      // With the shard, MongoDB reads the index of pending requests only, however many have ended. (P5)
      applies: { pending: true, shard: this.queues.shardOf(userId) },
      preview,
      decide: (ids) => Promise.allSettled(ids.map((id) => this.cancelling.cancel(userId, id))),
    });
  }

  /**
   * Retries those that have failed. All requests of a chunk get their places before one of them may start, so that they
   * run in order. (P2)
   * @returns how many @throws Problem rate_limited; unavailable: some may already be in line
   */
  async retry(userId: string, filter: BulkFilterDto, preview = false): Promise<number> {
    return this.run(userId, {
      filter,
      applies: { status: 'failed' },
      preview,
      decide: (ids) => this.retries.retryAll(userId, ids),
    });
  }

  /**
   * Dismisses those that have failed.
   * @returns how many @throws Problem rate_limited; unavailable: some may already be dismissed
   */
  async dismiss(userId: string, filter: BulkFilterDto, preview = false): Promise<number> {
    return this.run(userId, {
      filter,
      applies: { status: 'failed' },
      preview,
      decide: (ids) => Promise.allSettled(ids.map((id) => this.retries.dismiss(userId, id))),
    });
  }

  private async run(userId: string, operation: Operation): Promise<number> {
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
      return await this.runAlone(userId, operation);
    } finally {
      this.busy.delete(userId);
    }
  }

  private async runAlone(userId: string, { filter, applies, preview, decide }: Operation): Promise<number> {
    const queue = await this.queues.snapshot(userId); // its time is that of `createdAt`, not this process's
    // Otherwise the running request would match `queued`, and be cancelled.
    if (queue === undefined && filter.status?.some(isPending)) throw new ShardUnavailable(RESTORING);
    const now = queue?.now ?? this.clock.wall();
    const matching = listFilter(userId, filter, { activeId: queue?.activeId, now });
    // Requests accepted meanwhile are not included, otherwise the call might never end. The seq of the others is lower, also
    // if the server's clock was set back since; that of a scheduled one may not be, but its time of acceptance is.
    const byTime = { createdAt: { $lte: new Date(now) } };
    const before = queue === undefined ? byTime : { $or: [{ seq: { $lte: queue.lastSeq } }, byTime] };
    const selected = { $and: [matching, applies, before] };
    if (preview) return timedRead((time) => this.requests.countDocuments(selected, { ...DECIDING, ...time }));
    const cursor = this.requests
      .find(selected, { projection: { _id: 1 }, ...DECIDING })
      .sort({ seq: 1 })
      .batchSize(CHUNK);
    let count = 0;
    for await (const chunk of inChunks(cursor, CHUNK)) {
      const ids = chunk.map(({ _id }) => _id);
      for (const outcome of await this.chunks.run(userId, () => decide(ids)))
        if (outcome.status === 'fulfilled') count += outcome.value ? 1 : 0;
        else if (!isPassedOver(outcome.reason)) throw outcome.reason;
    }
    return count;
  }
}

/** It has ended meanwhile, or another call has decided about it. */
const isPassedOver = (error: unknown): boolean =>
  ['already_finished', 'not_failed', 'not_found', 'data_erased'].includes(errorCodeOf(error));
