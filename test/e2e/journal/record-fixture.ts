import { createConnection } from 'mongoose';
import type { Collection } from 'mongodb';
import { v7 } from 'uuid';
import { Clock } from '../../../src/common/time/clock';
import { Journal } from '../../../src/journal/journal.service';
import { MongoPendingRequests } from '../../../src/journal/mongo-pending-requests';
import type { AttemptRecord, EndedAttempt, RequestDocument } from '../../../src/journal/request-document';
import { PurgeWrites } from '../../../src/journal/purge-writes';
import { QueueRecord, QueueRecordSchema } from '../../../src/journal/queue-record.schema';
import { QueueRecords } from '../../../src/journal/queue-records.service';
import { RequestRecord, requestsOf, RequestSchema } from '../../../src/journal/request.schema';
import { RetentionService } from '../../../src/journal/retention.service';
import { uniqueDatabase } from '../../support/mongo-database';

/** The records of requests in their own database. */
export async function recordFixture() {
  const connection = createConnection(uniqueDatabase());
  const model = connection.model<RequestRecord>(RequestRecord.name, RequestSchema);
  const journal = new Journal(model, new Clock());
  await journal.onModuleInit();
  const queues = new QueueRecords(connection.model<QueueRecord>(QueueRecord.name, QueueRecordSchema));
  const requests: Collection<RequestDocument> = requestsOf(model);
  const purges = new PurgeWrites(requests);
  return {
    model,
    journal,
    requests,
    queues,
    purges,
    pending: new MongoPendingRequests(requests, queues, purges, journal),
    retention: new RetentionService(requests, connection),
    /** Inserts a request. */
    insert: async (given: Partial<RequestDocument> = {}): Promise<RequestDocument> => {
      const document = requestDocument(given);
      await requests.insertOne(document);
      return document;
    },
    read: async (requestId: string): Promise<RequestDocument | null> => requests.findOne({ _id: requestId }),
    close: async () => {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}

export type RecordFixture = Awaited<ReturnType<typeof recordFixture>>;

let lastSeq = 1_700_000_000_000_000;

/** A pending request as an accept writes it, with the given overrides. */
export function requestDocument(given: Partial<RequestDocument> = {}): RequestDocument {
  return {
    _id: v7(),
    userId: 'u1',
    shard: 3,
    seq: ++lastSeq,
    type: 'echo',
    payload: '{}',
    options: { attempts: 5, backoff: { type: 'fixed', delay: 300, maxDelay: 300 }, timeout: 1000 },
    pending: true,
    status: 'queued',
    token: 0,
    attemptsMade: 0,
    crashes: 0,
    attempts: [],
    tags: [],
    createdAt: new Date(),
    firstAnswer: { status: 'queued', position: 0 },
    ...given,
  };
}

/** The same request after its end. */
export function endedDocument(given: Partial<RequestDocument> = {}): RequestDocument {
  const { pending: _, ...ended } = requestDocument({ status: 'succeeded', finishedAt: new Date(), ...given });
  return ended;
}

export function attemptRecord(given: Partial<AttemptRecord> = {}): EndedAttempt {
  const startedAt = new Date('2026-03-01T00:00:00.000Z');
  const finishedAt = new Date('2026-03-01T00:00:01.000Z');
  return { number: 1, outcome: 'succeeded', worker: 'w1', ...given, startedAt, finishedAt };
}
