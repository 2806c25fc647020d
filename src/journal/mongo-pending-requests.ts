import { Injectable } from '@nestjs/common';
import type { Collection } from 'mongodb';
import { PendingId, PendingRequest, PendingRequests } from '../queue/pending-requests';
import type { RecordedControl } from '../queue/queue-control';
import { Journal } from './journal.service';
import { PurgeWrites } from './purge-writes';
import type { QueueDocument } from './queue-record.schema';
import { controlOf, QueueRecords } from './queue-records.service';
import { laneOf, type RequestDocument } from './request-document';
import { DECIDING, DURABLE, InjectRequests, PENDING_INDEX } from './request.schema';

/** A chunk ends at whichever comes first. */
const CHUNK_REQUESTS = 500;
const CHUNK_CHARACTERS = 4 * 1024 * 1024;

/**
 * The token of a request that is only protected from being abandoned. Tokens of attempts are far above it
 * (lua/open_shard.lua).
 */
const PROTECTED = 1;

const PROJECTION = {
  userId: 1,
  shard: 1,
  seq: 1,
  type: 1,
  lane: 1,
  payload: 1,
  options: 1,
  attemptsMade: 1,
  notBefore: 1,
  runAt: 1,
  createdAt: 1,
  batch: 1,
  token: 1,
  lastEndedAt: { $arrayElemAt: ['$attempts.finishedAt', -1] },
} as const;

/** Reads pending requests along their own index, so that ended ones cost nothing, however many are kept. (P4) */
@Injectable()
export class MongoPendingRequests extends PendingRequests {
  constructor(
    @InjectRequests() private readonly requests: Collection<RequestDocument>,
    private readonly queues: QueueRecords,
    private readonly purges: PurgeWrites,
    private readonly journal: Journal,
  ) {
    super();
  }

  async *controlsOf(shard: number): AsyncIterable<readonly RecordedControl[]> {
    for await (const chunk of this.queues.ofShard(shard)) {
      const halting = await this.haltingTokens(shard, chunk);
      yield chunk.map((queue) => recordedControlOf(queue, halting));
    }
  }

  async controlOf(shard: number, userId: string): Promise<RecordedControl | undefined> {
    const queue = await this.queues.find(userId);
    return queue && recordedControlOf(queue, await this.haltingTokens(shard, [queue]));
  }

  async *ofShard(shard: number): AsyncIterable<readonly PendingRequest[]> {
    yield* this.cancelRests(shard);
    yield* this.chunksOf({ shard });
  }

  ofUser(shard: number, userId: string): AsyncIterable<readonly PendingRequest[]> {
    return this.chunksOf({ shard, userId });
  }

  private async *chunksOf(whose: {
    readonly shard: number;
    readonly userId?: string;
  }): AsyncIterable<readonly PendingRequest[]> {
    const cursor = this.requests
      .find({ ...whose, pending: true }, { projection: PROJECTION, ...DECIDING })
      .sort(PENDING_INDEX)
      .hint(PENDING_INDEX)
      .batchSize(CHUNK_REQUESTS);
    let chunk: PendingRequest[] = [];
    let characters = 0;
    let sure: string | undefined;
    for await (const document of cursor) {
      const { userId, token } = document;
      // The request that was running is among the first of its user: those that run again, those that may not have been
      // due, and the one after them. (P1)
      const doubtful = token > PROTECTED || userId !== sure;
      if (token <= PROTECTED && !document.runAt) sure = userId;
      const request = pendingRequestOf(document);
      chunk.push({ ...request, doubtful: request.doubtful || doubtful });
      characters += document.payload.length;
      if (chunk.length < CHUNK_REQUESTS && characters < CHUNK_CHARACTERS) continue;
      yield chunk;
      chunk = [];
      characters = 0;
    }
    if (chunk.length > 0) yield chunk;
  }

  /**
   * Finishes cancels that a failure had started when Redis was lost: those requests must not run. None of them is
   * pending.
   */
  private async *cancelRests(shard: number): AsyncIterable<readonly []> {
    for (const { _id, userId, token, finishedAt } of await this.purges.cancellingRest(shard)) {
      const failedAt = finishedAt?.getTime() ?? 0;
      const scope = { purgeId: _id, userId, shard, lastToken: token, acceptedUntil: failedAt };
      for await (const _purged of this.purges.cancelWaiting({ ...scope, cancelledAt: failedAt })) yield [];
      await this.purges.restIsCancelled(_id);
      yield [];
    }
  }

  /** By user, the token of the failed request that halts the queue. */
  private async haltingTokens(shard: number, queues: readonly { readonly _id: string }[]) {
    const userId = { $in: queues.map(({ _id }) => _id) };
    const halting = await this.requests
      .find({ shard, userId, halts: true }, { projection: { userId: 1, token: 1 }, ...DECIDING })
      .sort({ token: 1 })
      .toArray();
    return new Map(halting.map((document) => [document.userId, document.token]));
  }

  async olderThan(ageMs: number, after: PendingId | undefined, limit: number): Promise<readonly PendingId[]> {
    const projection = { shard: 1, userId: 1, seq: 1 };
    const isOld = { $lt: ['$createdAt', { $subtract: ['$$NOW', ageMs] }] };
    const cursor = this.requests
      .find({ pending: true, $expr: isOld }, { projection, ...DECIDING })
      .hint(PENDING_INDEX)
      .limit(limit);
    if (after) cursor.min({ shard: after.shard, userId: after.userId, seq: after.seq + 1 });
    const found = await cursor.toArray();
    return found.map(({ _id: requestId, shard, userId, seq }) => ({ shard, userId, seq, requestId }));
  }

  async isWithoutRequest(userId: string, requestId: string, seq: number): Promise<boolean> {
    return this.journal.isWithoutRequest({ userId, requestId, seq });
  }

  async moveTo(shard: number, userId: string): Promise<void> {
    await this.requests.updateMany({ userId, pending: true }, { $set: { shard } }, DURABLE);
  }
}

function recordedControlOf(queue: QueueDocument, halting: ReadonlyMap<string, number>): RecordedControl {
  return { ...controlOf(queue), halting: halting.get(queue._id), isDirty: queue.dirty === true };
}

function pendingRequestOf(document: RequestDocument & { readonly lastEndedAt?: Date }): PendingRequest {
  return {
    userId: document.userId,
    requestId: document._id,
    seq: document.seq,
    type: document.type,
    lane: laneOf(document),
    payload: document.payload,
    options: document.options,
    attemptsMade: document.attemptsMade,
    notBefore: document.notBefore?.getTime(),
    lastEndedAt: document.lastEndedAt?.getTime(),
    runAt: document.runAt?.getTime(),
    createdAt: document.createdAt.getTime(),
    doubtful: document.batch !== undefined && document.token === 0,
  };
}
