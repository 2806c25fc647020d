import { Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { RetentionService } from './retention.service';
import { Journal } from './journal.service';
import { LiveNotesStore } from './live-notes.service';
import { PendingGauges } from '../events/pending-gauges';
import { RecordedGauges } from './pending-gauges.service';
import { MongoPendingRequests } from './mongo-pending-requests';
import { PurgeWrites } from './purge-writes';
import { QueueRecord, QueueRecordSchema } from './queue-record.schema';
import { QueueRecords } from './queue-records.service';
import { RequestRecord, RequestSchema, requestsProvider } from './request.schema';
import { RetriedRequests } from './retried-requests.service';

const parts = [
  requestsProvider,
  Journal,
  LiveNotesStore,
  MongoPendingRequests,
  PurgeWrites,
  QueueRecords,
  RetentionService,
  RetriedRequests,
  { provide: PendingGauges, useClass: RecordedGauges },
];

/**
 * The requests and the settings of their queues in MongoDB, which decides what was accepted and how it ended. Knows no
 * queue and no worker. Global only for the metrics.
 */
@Global()
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: RequestRecord.name, schema: RequestSchema },
      { name: QueueRecord.name, schema: QueueRecordSchema },
    ]),
  ],
  providers: parts,
  exports: [MongooseModule, ...parts],
})
export class JournalModule {}
