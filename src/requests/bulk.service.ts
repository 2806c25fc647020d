import { Injectable } from '@nestjs/common';
import type { Collection } from 'mongodb';
import { Clock } from '../common/time/clock';
import { FairPlaces } from '../common/flow/fair-places';
import { Problem } from '../common/errors/problem';
import { UserQueues } from '../queue/user-queues.service';
import type { BulkFilterDto } from './bulk.dto';
import { CancelService } from './cancel.service';
import { listFilter } from './list-filter';
import type { RequestDocument } from '../journal/request-document';
import { DECIDING, InjectRequests } from '../journal/request.schema';
import { isPending } from './request-status';
import { RetryService } from './retry.service';

/** Requests that are decided about at once: their calls travel together. */
const CHUNK = 32;

/** Chunks that are under way in a process, each of another user. */
const MOST_CHUNKS = 2;

/**
 * One decision about everything that matches, in the order of seq; a preview only counts what it would be about. A user has one
 * under way at a time in each process, so that none counts what another does; users take turns chunk by chunk. (P5)
 */
@Injectable()
export class BulkService {
  private readonly chunks = new FairPlaces({ parallel: MOST_CHUNKS, ofOne: 1, waitingOfOne: 1 });
  /** Users with one under way. */
  private readonly busy = new Set<string>();

  constructor(
    private readonly cancelling: CancelService,
    private readonly retries: RetryService,
    private readonly queues: UserQueues,
    private readonly clock: Clock,
    @InjectRequests() private readonly requests: Collection<RequestDocument>,
  ) {}

  /** Those that have not ended. @returns how many @throws Problem rate_limited; unavailable: some may be cancelled already */
  async cancel(userId: string, filter: BulkFilterDto, preview = false): Promise<number> {
    return this.each(userId, filter, { pending: true }, preview, (id) => this.cancelling.cancel(userId, id));
  }

  /**
   * Those that have failed. Of each chunk all have their places before one of them may start, so that they run in
   * their sequence. (P2) @returns how many @throws Problem rate_limited; unavailable: some may be in line already
   */
  async retry(userId: string, filter: BulkFilterDto, preview = false): Promise<number> {
    return this.each(userId, filter, { status: 'failed' }, preview, async (id) => {
      await this.retries.retry(userId, id);
      return true;
    });
  }

  /** Those that have failed. @returns how many @throws Problem rate_limited; unavailable: some may be dismissed already */
  async dismiss(userId: string, filter: BulkFilterDto, preview = false): Promise<number> {
    return this.each(userId, filter, { status: 'failed' }, preview, (id) => this.retries.dismiss(userId, id));
  }

  private async each(
    userId: string,
    filter: BulkFilterDto,
    possible: { readonly pending: true } | { readonly status: 'failed' },
    preview: boolean,
    decide: (requestId: string) => Promise<boolean>,
  ): Promise<number> {
    if (this.busy.has(userId))
      throw new Problem(
        'rate_limited',
        'Another bulk operation of this user is under way. Wait for its end.',
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

  /** @param decide resolves to whether it changed anything */
  private async eachInTurn(
    userId: string,
    filter: BulkFilterDto,
    possible: { readonly pending: true } | { readonly status: 'failed' },
    preview: boolean,
    decide: (requestId: string) => Promise<boolean>,
  ): Promise<number> {
    const queue = await this.queues.snapshot(userId); // its time is that of `createdAt`, not this process's
    // Without it the running request would count as one that waits, and be cancelled as such.
    if (queue === undefined && filter.status?.some(isPending)) throw unseen();
    const now = queue?.now ?? this.clock.wall();
    const matching = listFilter(userId, filter, { activeId: queue?.activeId, now });
    // Requests accepted meanwhile are not included: else the call might never end.
    const meant = { $and: [matching, possible, { createdAt: { $lte: new Date(now) } }] };
    if (preview) return this.requests.countDocuments(meant, DECIDING);
    const cursor = this.requests
      .find(meant, { projection: { _id: 1 }, ...DECIDING })
      .sort({ seq: 1 })
      .batchSize(CHUNK);
    let count = 0;
    let chunk: string[] = [];
    const decideAll = async () => {
      // All of them end before one that has failed is told of: what is under way still counts as the user's.
      const decided = await this.chunks.run(userId, () =>
        Promise.allSettled(chunk.map((id) => decide(id).catch(passedOver))),
      );
      for (const each of decided) {
        if (each.status === 'rejected') throw each.reason;
        if (each.value) count += 1;
      }
      chunk = [];
    };
    for await (const { _id } of cursor) if (chunk.push(_id) === CHUNK) await decideAll();
    await decideAll();
    return count;
  }
}

const unseen = () =>
  new Problem('unavailable', 'Which requests wait, and which one runs, cannot be seen now. Try again.', {
    retryAfterSeconds: 1,
  });

/** It has ended meanwhile, or another call has decided about it. */
function passedOver(error: unknown): false {
  if (
    error instanceof Problem &&
    ['already_finished', 'not_failed', 'not_found', 'data_erased'].includes(error.code)
  )
    return false;
  throw error;
}
