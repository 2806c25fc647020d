import { setImmediate as immediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Collection, Filter } from 'mongodb';
import { payerOf, type AuthenticatedUser } from '../auth/access/authenticated-user';
import { CostlyCalls } from '../auth/throttle/costly-calls';
import { Clock } from '../common/time/clock';
import { Problem } from '../common/errors/problem';
import { DEFAULT_LIMIT } from '../common/lists/page-query.dto';
import { timedRead } from '../stores/mongo/timed-read';
import { UserQueues } from '../queue/user-queues.service';
import { DrainService } from '../user-queue/drain.service';
import { cursorAfter, type ListOrder } from './list-cursor';
import { listFilter } from './list-filter';
import type { ListRequestsDto } from './list-requests.dto';
import type { RequestDocument } from '../journal/request-document';
import { DECIDING, InjectRequests } from '../journal/request.schema';
import { seenBy } from './portal-view';
import type { RequestDto, RequestPageDto } from './request.dto';
import { isPending, statusOf } from './request-status';
import { NOTHING_PENDING, requestView, settingsOf } from './request-view';
import { deliveryView } from '../handlers/http/delivery-view';
import { SearchSlots } from './search-slots';

/** A page ends when its payloads, results and attempts have reached this size, even before `limit`. */
const PAGE_CHARACTERS = 4 * 1024 * 1024;
/** From this size on, the view of one request takes milliseconds of the event loop. */
const LARGE_CHARACTERS = 16 * 1024;
/** Lists omit the notes of handlers: those are only in a single request. */
const IN_LISTS = { live: 0, 'attempts.log': 0 } as const;

interface Page {
  readonly documents: readonly RequestDocument[];
  readonly hasMore: boolean;
  readonly order: ListOrder;
}

/**
 * Reads a user's requests, as its caller may see them (`seenBy`). It does not find requests of other users, or abandoned
 * ones.
 */
@Injectable()
export class RequestReader {
  constructor(
    private readonly queues: UserQueues,
    private readonly drain: DrainService,
    private readonly searches: SearchSlots,
    private readonly costly: CostlyCalls,
    private readonly clock: Clock,
    @InjectRequests() private readonly requests: Collection<RequestDocument>,
  ) {}

  /** The answer to a change of the request: it is never refused, because the change is made. @throws Problem not_found */
  async get(caller: AuthenticatedUser, requestId: string): Promise<RequestDto> {
    return this.view(caller, await this.find(caller.userId, requestId));
  }

  /**
   * The same for a call that only reads: a large request waits for its turn.
   * @throws Problem not_found, rate_limited
   */
  async getInTurn(
    caller: AuthenticatedUser,
    requestId: string,
    gone: () => AbortSignal,
  ): Promise<RequestDto> {
    const document = await this.find(caller.userId, requestId);
    if (charactersOf(document) < LARGE_CHARACTERS) return this.view(caller, document);
    return this.costly.inTurn(payerOf(caller), gone(), async () => {
      await immediate(); // an ended request is not looked up anywhere: without this, no other call would run between two turns
      return this.view(caller, document);
    });
  }

  /** Whether there is anything to wait for. @throws Problem not_found */
  async isPending(userId: string, requestId: string): Promise<boolean> {
    return (await this.find(userId, requestId)).pending === true;
  }

  /**
   * The highest `seq` first, unless the oldest is asked for. Waits for its turn, because a page has megabytes.
   * @throws Problem invalid_cursor, rate_limited, unavailable if the search takes too long
   */
  async list(caller: AuthenticatedUser, list: ListRequestsDto, gone: AbortSignal): Promise<RequestPageDto> {
    const payer = payerOf(caller);
    const read = () => this.read(caller, list);
    const seen = (page: Page) => this.pageSeen(caller, page);
    if (list.q === undefined) return this.costly.inTurn(payer, gone, async () => seen(await read()));
    // A search waits for MongoDB, not for this process, and has bounds of its own.
    const page = await this.searches.run(payer, read);
    return this.costly.inTurn(payer, gone, () => seen(page));
  }

  private async read(caller: AuthenticatedUser, list: ListRequestsDto): Promise<Page> {
    const { userId } = caller;
    // Only a filter by status must know what is running before it reads.
    const queue = list.status === undefined ? undefined : await this.queues.snapshot(userId);
    const moment = { activeId: queue?.activeId, now: queue?.now ?? this.clock.wall() };
    const { limit = DEFAULT_LIMIT, order = 'newest' } = list;
    const filter = listFilter(userId, list, moment, seenBy(caller).searchable);
    // Skips ended requests by using the index of pending ones.
    const inLine = { pending: true as const, shard: this.queues.shardOf(userId) };
    const wanted = list.status?.every(isPending) ? { $and: [inLine, filter] } : filter;
    return { ...(await timedRead((time) => this.page(wanted, limit, order, time))), order };
  }

  private async pageSeen(
    caller: AuthenticatedUser,
    { documents, hasMore, order }: Page,
  ): Promise<RequestPageDto> {
    const { shown } = seenBy(caller);
    const seen: RequestDocument[] = [];
    for (const document of documents) {
      if (charactersOf(document) >= LARGE_CHARACTERS) await immediate();
      seen.push(shown(document));
    }
    const last = documents.at(-1);
    return {
      items: await this.views(caller, seen, IN_LISTS),
      nextCursor: hasMore && last ? cursorAfter(last.seq, order) : null,
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

  private async view(caller: AuthenticatedUser, document: RequestDocument): Promise<RequestDto> {
    const shown = seenBy(caller).shown(document);
    const [view] = await this.views(caller, [shown], {});
    return { ...view!, ...settingsOf(shown), ...deliveryOf(shown) };
  }

  private async page(
    filter: Filter<RequestDocument>,
    limit: number,
    order: ListOrder,
    time: { readonly maxTimeMS: number },
  ) {
    const cursor = this.requests
      .find(filter, { ...DECIDING, projection: IN_LISTS, ...time })
      .sort({ seq: order === 'newest' ? -1 : 1 })
      .limit(limit + 1);
    const documents: RequestDocument[] = [];
    let characters = 0;
    for await (const document of cursor) {
      if (documents.length === limit || characters >= PAGE_CHARACTERS) return { documents, hasMore: true };
      documents.push(document);
      characters += charactersOf(document);
    }
    return { documents, hasMore: false };
  }

  /** @param documents as the caller sees them */
  private async views(
    caller: AuthenticatedUser,
    documents: readonly RequestDocument[],
    projection: Partial<typeof IN_LISTS>,
  ): Promise<RequestDto[]> {
    const pending = documents.filter((document) => document.pending).map(({ _id }) => _id);
    if (pending.length === 0) return documents.map((document) => requestView(document, NOTHING_PENDING));
    const [queue, meanGapMs] = await Promise.all([
      this.queues.snapshot(caller.userId, pending),
      this.drain.meanGapMs(caller.userId),
    ]);
    const around = { queue, now: queue?.now ?? this.clock.wall(), meanGapMs };
    // A request unknown to Redis may have ended since it was read: it must not look as if it were back in line.
    const isDoubtful = (document: RequestDocument) =>
      document.pending &&
      queue !== undefined &&
      !queue.positions.has(document._id) &&
      statusOf(document, { activeId: queue.activeId, now: around.now }) !== 'scheduled';
    const doubtful = documents.filter(isDoubtful).map(({ _id }) => _id);
    const again = (await this.readAgain(doubtful, projection)).map(seenBy(caller).shown);
    const fresh = new Map(again.map((document) => [document._id, document]));
    return documents.map((document) => requestView(fresh.get(document._id) ?? document, around));
  }

  private async readAgain(ids: string[], projection: Partial<typeof IN_LISTS>): Promise<RequestDocument[]> {
    if (ids.length === 0) return [];
    return this.requests.find({ _id: { $in: ids } }, { ...DECIDING, projection }).toArray();
  }
}

const charactersOf = ({ payload, result = '', attempts }: RequestDocument): number =>
  payload.length + result.length + JSON.stringify(attempts).length;

/** What the target receives, if the request is a delivery. */
function deliveryOf({ _id: requestId, type, userId, seq, payload, dataErasedAt }: RequestDocument) {
  if (type !== 'http' || dataErasedAt !== undefined) return {};
  const { headers, ...rest } = deliveryView(payload, { requestId, userId, seq });
  return { delivery: { ...rest, headers: [...headers] } };
}
