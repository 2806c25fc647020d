import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { RetentionService } from '../retention.service';
import { Journal } from './journal.service';
import { LiveNotesStore } from './live-notes.service';
import { MongoPendingRequests } from './mongo-pending-requests';
import { RequestRecord, RequestSchema } from './request.schema';

/** The record of requests in MongoDB, which decides what was accepted and how it ended. Knows no queue and no worker. */
@Module({
  imports: [MongooseModule.forFeature([{ name: RequestRecord.name, schema: RequestSchema }])],
  providers: [Journal, LiveNotesStore, MongoPendingRequests, RetentionService],
  exports: [MongooseModule, Journal, LiveNotesStore, MongoPendingRequests, RetentionService],
})
export class RequestRecordModule {}
