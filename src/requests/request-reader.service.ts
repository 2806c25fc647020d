import { Injectable } from '@nestjs/common';
import type { Collection, Filter } from 'mongodb';
import { Clock } from '../common/time/clock';
import { Problem } from '../common/errors/problem';
import { DEFAULT_LIMIT } from '../common/lists/page-query.dto';
import { isOutOfTime } from '../stores/mongo/driver-errors';
import { SECOND_MS } from '../common/time/units';
import { UserQueues } from '../queue/user-queues.service';
import { DrainService } from '../user-queue/drain.service';
import { cursorAfter, type ListOrder } from './list-cursor';
import { listFilter } from './list-filter';
import type { ListRequestsDto } from './list-requests.dto';
import type { RequestDocument } from '../journal/request-document';
import { DECIDING, InjectRequests } from '../journal/request.schema';
import type { RequestDto, RequestPageDto } from './request.dto';
import { isPending, statusOf } from './request-status';
import { requestView } from './request-view';
import { deliveryView } from '../handlers/http/delivery-view';
import { SearchSlots } from './search-slots';

/** A page ends when its payloads, results and attempts have reached this size, even before `limit`. */
const PAGE_CHARACTERS = 4 * 1024 * 1024;
/** Time limit of MongoDB for a page. */
const LIST_TIME_MS = 5 * SECOND_MS;
/** Lists omit the notes of handlers: those are only in a single request. */
const IN_LISTS = { live: 0, 'attempts.log': 0 } as const;

/** Reads a user's requests. It does not find requests of other users, or abandoned ones. */
@Injectable()
export class RequestReader {
  constructor(
    private readonly queues: UserQueues,
    private readonly drain: DrainService,
    private readonly searches: SearchSlots,
    private readonly clock: Clock,
    @InjectRequests() private readonly requests: Collection<RequestDocument>,
  ) {}

  /** @throws Problem not_found */
  async get(userId: string, requestId: string): Promise<RequestDto> {
    const document = await this.find(userId, requestId);
    const [view] = await this.views(userId, [document], {});
    return { ...view!, ...deliveryOf(document) };
  }

  /** Whether there is anything to wait for. @throws Problem not_found */
  async isPending(userId: string, requestId: string): Promise<boolean> {
    return (await this.find(userId, requestId)).pending === true;
  }

  /**
   * The highest `seq` first, unless the oldest is asked for. @throws Problem invalid_cursor, rate_limited, unavailable
   * if the search takes too long
   */
  async list(userId: string, list: ListRequestsDto): Promise<RequestPageDto> {
    // Only a filter by status must know what is running before it reads.
    const queue = list.status === undefined ? undefined : await this.queues.snapshot(userId);
    const moment = { activeId: queue?.activeId, now: queue?.now ?? this.clock.wall() };
    const { limit = DEFAULT_LIMIT, order = 'newest' } = list;
    const filter = listFilter(userId, list, moment);
    // Skips ended requests by using the index of pending ones.
    const inLine = { pending: true as const, shard: this.queues.shardOf(userId) };
    const wanted = list.status?.every(isPending) ? { $and: [inLine, filter] } : filter;
    const read = () => this.page(wanted, limit, order);
    const page = await (list.q === undefined ? read() : this.searches.run(userId, read));
    const last = page.documents.at(-1);
    return {
      items: await this.views(userId, page.documents, IN_LISTS),
      nextCursor: page.hasMore && last ? cursorAfter(last.seq, order) : null,
    };
  }

  /** The document itself. @throws Problem not_found */
  async find(userId: string, requestId: string): Promise<RequestDocument> {
    const found = await this.requests.findOne(
      { _id: requestId, userId, status: { $ne: 'abandoned' } },
      DECIDING,
    );
    if (!found) throw new Problem('not_found', 'There is no request with this id.');
    return found;
  }

  private async page(filter: Filter<RequestDocument>, limit: number, order: ListOrder) {
    const cursor = this.requests
      .find(filter, { ...DECIDING, projection: IN_LISTS, maxTimeMS: LIST_TIME_MS })
      .sort({ seq: order === 'newest' ? -1 : 1 })
      .limit(limit + 1);
    const documents: RequestDocument[] = [];
    let characters = 0;
    try {
      for await (const document of cursor) {
        if (documents.length === limit || characters >= PAGE_CHARACTERS) return { documents, hasMore: true };
        documents.push(document);
        characters += charactersOf(document);
      }
    } catch (error) {
      if (!isOutOfTime(error)) throw error;
      throw new Problem('unavailable', 'The search took too long. Narrow it.', {
        retryAfterSeconds: 1,
        cause: error,
      });
    }
    return { documents, hasMore: false };
  }

  private async views(
    userId: string,
    documents: readonly RequestDocument[],
    projection: Partial<typeof IN_LISTS>,
  ): Promise<RequestDto[]> {
    const pending = documents.filter((document) => document.pending).map(({ _id }) => _id);
    if (pending.length === 0) return documents.map((document) => requestView(document, NOTHING_PENDING));
    const [queue, meanGapMs] = await Promise.all([
      this.queues.snapshot(userId, pending),
      this.drain.meanGapMs(userId),
    ]);
    const around = { queue, now: queue?.now ?? this.clock.wall(), meanGapMs };
    // A request unknown to Redis may have ended since it was read: it must not look as if it were back in line.
    const isDoubtful = (document: RequestDocument) =>
      document.pending &&
      queue !== undefined &&
      !queue.positions.has(document._id) &&
      statusOf(document, { activeId: queue.activeId, now: around.now }) !== 'scheduled';
    const doubtful = documents.filter(isDoubtful).map(({ _id }) => _id);
    const fresh = new Map(
      (await this.readAgain(doubtful, projection)).map((document) => [document._id, document]),
    );
    return documents.map((document) => requestView(fresh.get(document._id) ?? document, around));
  }

  private async readAgain(ids: string[], projection: Partial<typeof IN_LISTS>): Promise<RequestDocument[]> {
    if (ids.length === 0) return [];
    return this.requests.find({ _id: { $in: ids } }, { ...DECIDING, projection }).toArray();
  }
}

const charactersOf = ({ payload, result = '', attempts }: RequestDocument): number =>
  payload.length + result.length + JSON.stringify(attempts).length;

const NOTHING_PENDING = { queue: undefined, now: 0, meanGapMs: undefined };

/** What the target receives, if the request is a delivery. */
function deliveryOf({ _id: requestId, type, userId, seq, payload, dataErasedAt }: RequestDocument) {
  if (type !== 'http' || dataErasedAt !== undefined) return {};
  const { headers, ...rest } = deliveryView(payload, { requestId, userId, seq });
  return { delivery: { ...rest, headers: [...headers] } };
}
