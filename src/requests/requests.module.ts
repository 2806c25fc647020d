import { Module } from '@nestjs/common';
import { TypesModule } from '../types/types.module';
import { UsersModule } from '../users/users.module';
import { AcceptBatchService } from '../enqueue/accept-batch.service';
import { AcceptService } from '../enqueue/accept.service';
import { AccountRequests } from './account-requests.service';
import { AuditService } from '../user-queue/audit/audit.service';
import { BulkService } from './bulk.service';
import { CancelService } from './cancel.service';
import { ControlModule } from '../user-queue/control/control.module';
import { DataErasure } from './data-erasure.service';
import { DrainService } from '../user-queue/drain.service';
import { CheckTime } from '../enqueue/check-time';
import { EnqueueInput } from '../enqueue/enqueue-input.service';
import { EnqueueController } from '../enqueue/enqueue.controller';
import { EnqueueService } from '../enqueue/enqueue.service';
import { QueueController } from '../user-queue/queue.controller';
import { RequestRecordModule } from '../journal/journal.module';
import { PendingCount } from './pending-count.service';
import { RedriveService } from './redrive.service';
import { ResendService } from './resend.service';
import { ReplayService } from '../enqueue/idempotency.service';
import { QueueReader } from '../user-queue/queue-reader.service';
import { RequestReader } from './request-reader.service';
import { RequestWaiter } from './request-waiter.service';
import { SearchSlots } from './search-slots';
import { RequestsController } from './requests.controller';

/**
 * Takes requests in and shows them: a guard protects the enqueue controller, which creates a named Bull queue per
 * user. A named queue is Bull's own layout of keys, with the prefix of the user's shard (`{tw7}`) and the user id as
 * its name; it comes into being in Redis when the user's first request takes its place.
 */
@Module({
  imports: [RequestRecordModule, ControlModule, TypesModule, UsersModule],
  controllers: [EnqueueController, RequestsController, QueueController],
  providers: [
    AcceptBatchService,
    AcceptService,
    AccountRequests,
    AuditService,
    BulkService,
    CancelService,
    DataErasure,
    RedriveService,
    ResendService,
    DrainService,
    EnqueueInput,
    CheckTime,
    EnqueueService,
    PendingCount,
    QueueReader,
    ReplayService,
    RequestReader,
    RequestWaiter,
    SearchSlots,
  ],
  exports: [ControlModule, PendingCount, QueueReader],
})
export class RequestsModule {}
